<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name></name>
    <message>
        <source>Drop a folder on the window, or choose one.</source>
        <translation>Ziehen Sie einen Ordner auf das Fenster oder wählen Sie einen.</translation>
    </message>
    <message>
        <source>No folder is watched yet</source>
        <translation>Noch wird kein Ordner überwacht</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) to go</source>
        <translation>
            <numerusform>noch %n Foto</numerusform>
            <numerusform>noch %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused until {time}</source>
        <translation>Angehalten bis {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) wait</source>
        <translation>
            <numerusform>%n Foto wartet</numerusform>
            <numerusform>%n Fotos warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Waits for mains power</source>
        <translation>Wartet auf Netzstrom</translation>
    </message>
    <message>
        <source>Goes on at {time}</source>
        <translation>Geht um {time} weiter</translation>
    </message>
    <message>
        <source>New photos are still found.</source>
        <translation>Neue Fotos werden weiter gefunden.</translation>
    </message>
    <message>
        <source>No captioning model is installed</source>
        <translation>Kein Modell ist installiert</translation>
    </message>
    <message>
        <source>New photos will wait.</source>
        <translation>Neue Fotos warten.</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Downloading {model}</source>
        <translation>{model} wird heruntergeladen</translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>%n Ordner wird überwacht</numerusform>
            <numerusform>%n Ordner werden überwacht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) away for now</source>
        <translation>
            <numerusform>%n Ordner ist gerade nicht da</numerusform>
            <numerusform>%n Ordner sind gerade nicht da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caption(s) wait for your review</source>
        <translation>
            <numerusform>%n Text wartet auf Ihre Prüfung</numerusform>
            <numerusform>%n Texte warten auf Ihre Prüfung</numerusform>
        </translation>
    </message>
    <message>
        <source>Every photo is done.</source>
        <translation>Alle Fotos sind fertig.</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>noch {duration}</translation>
    </message>
    <message>
        <source>Captioning</source>
        <translation>Fotos werden beschrieben</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>etwa %n Minute</numerusform>
            <numerusform>etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>etwa %n Stunde</numerusform>
            <numerusform>etwa %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n day(s)</source>
        <translation>
            <numerusform>etwa %n Tag</numerusform>
            <numerusform>etwa %n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) a minute</source>
        <translation>
            <numerusform>%n Foto je Minute</numerusform>
            <numerusform>%n Fotos je Minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) an hour</source>
        <translation>
            <numerusform>%n Foto je Stunde</numerusform>
            <numerusform>%n Fotos je Stunde</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a folder with photos</source>
        <translation>Ordner mit Fotos wählen</translation>
    </message>
    <message>
        <source>Stop watching “{folder}”?</source>
        <translation>„{folder}“ nicht mehr überwachen?</translation>
    </message>
    <message>
        <source>Its photos leave the library. Their files stay as they are, captions and all; add the folder again and everything is back.</source>
        <translation>Seine Fotos verlassen die Bibliothek. Die Dateien bleiben, wie sie sind, samt Texten; fügen Sie den Ordner wieder hinzu, ist alles wieder da.</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Kein Foto passt</translation>
    </message>
    <message>
        <source>Try other words, or fewer of them.</source>
        <translation>Versuchen Sie andere Wörter oder weniger davon.</translation>
    </message>
    <message>
        <source>Nothing captioned yet</source>
        <translation>Noch nichts beschrieben</translation>
    </message>
    <message>
        <source>Photos appear here as soon as a model has described them.</source>
        <translation>Fotos erscheinen hier, sobald ein Modell sie beschrieben hat.</translation>
    </message>
    <message>
        <source>Nothing waits for review</source>
        <translation>Nichts wartet auf Prüfung</translation>
    </message>
    <message>
        <source>Captions that a model is unsure of come here before they are written.</source>
        <translation>Texte, deren sich ein Modell nicht sicher ist, kommen hierher, bevor sie geschrieben werden.</translation>
    </message>
    <message>
        <source>No photo has failed</source>
        <translation>Kein Foto ist misslungen</translation>
    </message>
    <message>
        <source>Every photo has a caption</source>
        <translation>Jedes Foto hat einen Text</translation>
    </message>
    <message>
        <source>No photos in this folder yet</source>
        <translation>Noch keine Fotos in diesem Ordner</translation>
    </message>
    <message>
        <source>They appear here as soon as they are copied into it.</source>
        <translation>Sie erscheinen hier, sobald sie hineinkopiert sind.</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>Add a folder with photos, or drop one on this window. New photos in your folders appear here by themselves.</source>
        <translation>Fügen Sie einen Ordner mit Fotos hinzu, oder ziehen Sie einen auf dieses Fenster. Neue Fotos in Ihren Ordnern erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>Its folder is offline</source>
        <translation>Der Ordner ist offline</translation>
    </message>
    <message>
        <source>Waiting for a caption</source>
        <translation>Wartet auf einen Text</translation>
    </message>
    <message>
        <source>Being captioned</source>
        <translation>Wird gerade beschrieben</translation>
    </message>
    <message>
        <source>Waits for review</source>
        <translation>Wartet auf Prüfung</translation>
    </message>
    <message>
        <source>Could not be captioned</source>
        <translation>Konnte nicht beschrieben werden</translation>
    </message>
    <message>
        <source>Not to be captioned</source>
        <translation>Soll nicht beschrieben werden</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>Die Datei fehlt</translation>
    </message>
    <message>
        <source>Written by a person</source>
        <translation>Von einem Menschen</translation>
    </message>
    <message>
        <source>Written by a model</source>
        <translation>Von einem Modell</translation>
    </message>
    <message>
        <source>Written by a model, hardly sure</source>
        <translation>Von einem Modell, kaum sicher</translation>
    </message>
    <message>
        <source>Written by a model, fairly sure</source>
        <translation>Von einem Modell, ziemlich sicher</translation>
    </message>
    <message>
        <source>Written by a model, sure</source>
        <translation>Von einem Modell, sicher</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>In Review</source>
        <translation>Beim Prüfen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Accept the caption</source>
        <translation>Text annehmen</translation>
    </message>
    <message>
        <source>Accept it in place of your own</source>
        <translation>Anstelle des eigenen annehmen</translation>
    </message>
    <message>
        <source>Edit it first</source>
        <translation>Vorher bearbeiten</translation>
    </message>
    <message>
        <source>Reject it</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Among the photos</source>
        <translation>Bei den Fotos</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Edit the caption</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>First and last photo</source>
        <translation>Erstes und letztes Foto</translation>
    </message>
    <message>
        <source>In a text</source>
        <translation>In einem Text</translation>
    </message>
    <message>
        <source>Keep it, and go to the photos</source>
        <translation>Behalten und zu den Fotos</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>So lassen, wie er war</translation>
    </message>
    <message>
        <source>Photos with both words first, then those with one of them</source>
        <translation>Zuerst Fotos mit beiden Wörtern, dann die mit einem davon</translation>
    </message>
    <message>
        <source>Exactly these words, one after the other</source>
        <translation>Genau diese Wörter hintereinander</translation>
    </message>
    <message>
        <source>With a dog, without a cat</source>
        <translation>Mit Hund, ohne Katze</translation>
    </message>
    <message>
        <source>One or the other</source>
        <translation>Das eine oder das andere</translation>
    </message>
    <message>
        <source>Taken in these months; also after: and before:</source>
        <translation>In diesen Monaten aufgenommen; auch after: und before:</translation>
    </message>
    <message>
        <source>Also captioned, pending, failed, missing, offline, skipped</source>
        <translation>Auch captioned, pending, failed, missing, offline, skipped</translation>
    </message>
    <message>
        <source>Captions that a person wrote, by:ai for a model&apos;s</source>
        <translation>Texte von Menschen, by:ai für die eines Modells</translation>
    </message>
    <message>
        <source>Also model:, type:, ext:, place:</source>
        <translation>Auch model:, type:, ext:, place:</translation>
    </message>
    <message>
        <source>Where the file is and what it is called</source>
        <translation>Wo die Datei liegt und wie sie heißt</translation>
    </message>
    <message>
        <source>In keywords, in alt texts</source>
        <translation>In Stichwörtern, in Alternativtexten</translation>
    </message>
    <message>
        <source>Also has:alt and has:sidecar</source>
        <translation>Auch has:alt und has:sidecar</translation>
    </message>
    <message>
        <source>Pixels, bytes, how sure the model was</source>
        <translation>Pixel, Bytes, wie sicher das Modell war</translation>
    </message>
    <message>
        <source>Also relevance, added, name, score</source>
        <translation>Auch relevance, added, name, score</translation>
    </message>
    <message>
        <source>A saved search within another</source>
        <translation>Eine gespeicherte Suche in einer anderen</translation>
    </message>
    <message>
        <source>What a search can say</source>
        <translation>Was eine Suche sagen kann</translation>
    </message>
    <message>
        <source>PhotoTagger {version} describes photos on your own machine, writes the captions into them, and finds any photo as you type. Nothing leaves the machine unless you ask for it.</source>
        <translation>PhotoTagger {version} beschreibt Fotos auf Ihrem eigenen Rechner, schreibt die Texte hinein und findet jedes Foto beim Tippen. Nichts verlässt den Rechner, wenn Sie es nicht verlangen.</translation>
    </message>
    <message>
        <source>Apache License 2.0. Icons: Lucide, ISC License. Made with Qt, LGPL 3.</source>
        <translation>Apache License 2.0. Symbole: Lucide, ISC License. Mit Qt gemacht, LGPL 3.</translation>
    </message>
    <message>
        <source>About PhotoTagger</source>
        <translation>Über PhotoTagger</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>{model} is a starter model</source>
        <translation>{model} ist ein Startmodell</translation>
    </message>
    <message>
        <source>It knows the demo&apos;s drawn scenes; of real photos its words mean nothing.</source>
        <translation>Es kennt nur die gezeichneten Bilder der Demo; zu echten Fotos sagt es nichts Brauchbares.</translation>
    </message>
    <message>
        <source>{model} is installed</source>
        <translation>{model} ist installiert</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) captioned</source>
        <translation>
            <numerusform>%n Foto beschrieben</numerusform>
            <numerusform>%n Fotos beschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Photos could not be done</source>
        <translation>Fotos sind misslungen</translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) for your review</source>
        <translation>
            <numerusform>%n wartet auf Ihre Prüfung</numerusform>
            <numerusform>%n warten auf Ihre Prüfung</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n misslungen</numerusform>
            <numerusform>%n misslungen</numerusform>
        </translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>Captions &amp; models</source>
        <translation>Texte &amp; Modelle</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Run models on</source>
        <translation>Modelle laufen auf</translation>
    </message>
    <message>
        <source>The processor calculates</source>
        <translation>Der Prozessor rechnet</translation>
    </message>
    <message>
        <source>With 8 bits a model takes less memory; a few captions come out in other words.</source>
        <translation>Mit 8 Bit braucht ein Modell weniger Speicher; manche Texte fallen etwas anders aus.</translation>
    </message>
    <message>
        <source>Photos at once</source>
        <translation>Fotos auf einmal</translation>
    </message>
    <message>
        <source>More is faster on a graphics card, and takes more memory.</source>
        <translation>Mehr ist auf einer Grafikkarte schneller und braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>When it works</source>
        <translation>Wann es arbeitet</translation>
    </message>
    <message>
        <source>the fastest there is</source>
        <translation>dem Schnellsten, was da ist</translation>
    </message>
    <message>
        <source>the graphics card (CUDA)</source>
        <translation>der Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>the graphics card (Apple)</source>
        <translation>der Grafikkarte (Apple)</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>dem Prozessor</translation>
    </message>
    <message>
        <source>as fast as this machine can</source>
        <translation>so schnell dieser Rechner kann</translation>
    </message>
    <message>
        <source>in full precision</source>
        <translation>mit voller Genauigkeit</translation>
    </message>
    <message>
        <source>with 8 bits</source>
        <translation>mit 8 Bit</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>The best that is installed</source>
        <translation>Das beste, das installiert ist</translation>
    </message>
    <message>
        <source>Captions come from</source>
        <translation>Texte kommen von</translation>
    </message>
    <message>
        <source>A change counts for photos from now on; those that have a caption keep it.</source>
        <translation>Eine Änderung gilt für Fotos von nun an; wer einen Text hat, behält ihn.</translation>
    </message>
    <message>
        <source>No other model</source>
        <translation>Kein weiteres Modell</translation>
    </message>
    <message>
        <source>Looks at each photo, too</source>
        <translation>Sieht sich jedes Foto auch an</translation>
    </message>
    <message>
        <source>Its words are found by search, and where both agree a caption is more certain.</source>
        <translation>Seine Worte findet die Suche; wo beide dasselbe sagen, ist ein Text sicherer.</translation>
    </message>
    <message>
        <source>{model} (the demo&apos;s pictures only)</source>
        <translation>{model} (nur die Bilder der Demo)</translation>
    </message>
    <message>
        <source>The remote captioner (photos are sent away)</source>
        <translation>Der entfernte Dienst (Fotos werden verschickt)</translation>
    </message>
    <message>
        <source>This model knows the pictures that the demo draws, not the world: its captions of your photos will be wrong.</source>
        <translation>Dieses Modell kennt die Bilder der Demo, nicht die Welt: Was es über Ihre Fotos sagt, wird falsch sein.</translation>
    </message>
    <message>
        <source>Photos are sent to a server. The page “Remote captioner” says where.</source>
        <translation>Fotos werden an einen Server geschickt. Wohin, sagt die Seite „Entfernter Dienst“.</translation>
    </message>
    <message>
        <source>A caption goes to Review when the model is less sure than</source>
        <translation>Ein Text wird geprüft, wenn das Modell weniger sicher ist als</translation>
    </message>
    <message>
        <source>0% writes every caption, 100% asks you about nearly all of them. Automatic: what was measured for the model.</source>
        <translation>0 % schreibt jeden Text, 100 % fragt Sie bei fast allen. Automatisch: was für das Modell gemessen wurde.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Each folder&apos;s own settings</source>
        <translation>Eigene Einstellungen eines Ordners</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>A file is finished when it stops changing for</source>
        <translation>Eine Datei ist fertig, wenn sie sich nicht mehr ändert seit</translation>
    </message>
    <message>
        <source>Longer helps with slow copies over a network.</source>
        <translation>Länger hilft bei langsamen Kopien über ein Netzwerk.</translation>
    </message>
    <message>
        <source>Look through every folder each</source>
        <translation>Jeden Ordner durchsehen alle</translation>
    </message>
    <message>
        <source>Catches what the system did not report. A walk reads names and times only.</source>
        <translation>Findet, was das System nicht gemeldet hat. Gelesen werden nur Namen und Zeiten.</translation>
    </message>
    <message>
        <source>{choice} (general)</source>
        <translation>{choice} (allgemein)</translation>
    </message>
    <message>
        <source>general</source>
        <translation>allgemein</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>No folder is watched yet.</source>
        <translation>Noch wird kein Ordner überwacht.</translation>
    </message>
    <message>
        <source>Use the general settings</source>
        <translation>Allgemeine Einstellungen verwenden</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Captions of yours</source>
        <translation>Ihre eigenen Texte</translation>
    </message>
    <message>
        <source>Names of new .xmp files</source>
        <translation>Namen neuer .xmp-Dateien</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>Any that speaks the chat protocol of OpenAI.</source>
        <translation>Jeder, der das Chat-Protokoll von OpenAI spricht.</translation>
    </message>
    <message>
        <source>The server&apos;s name for the model</source>
        <translation>Name des Modells auf dem Server</translation>
    </message>
    <message>
        <source>Patience with one answer</source>
        <translation>Geduld mit einer Antwort</translation>
    </message>
    <message>
        <source>Longest side of what is sent</source>
        <translation>Längste Seite beim Versand</translation>
    </message>
    <message>
        <source>Photos are scaled down to this before they go out.</source>
        <translation>Auf diese Größe werden Fotos vorher verkleinert.</translation>
    </message>
    <message>
        <source>Remote captioner</source>
        <translation>Entfernter Dienst</translation>
    </message>
    <message>
        <source>Allow photos to be sent to a server that I name</source>
        <translation>Erlauben, dass Fotos an einen von mir genannten Server gehen</translation>
    </message>
    <message>
        <source>PhotoTagger captions on this machine. A remote captioner is different: every photo it captions is sent to the server you name, scaled down and without its metadata. Who runs that server can see and keep it. While it is in use, the foot of the window says so.</source>
        <translation>PhotoTagger beschreibt Fotos auf diesem Rechner. Ein entfernter Dienst ist etwas anderes: Jedes Foto geht verkleinert und ohne seine Metadaten an den Server, den Sie nennen. Wer ihn betreibt, kann es sehen und behalten. Solange er in Gebrauch ist, steht das unten im Fenster.</translation>
    </message>
    <message>
        <source>Use it for captions</source>
        <translation>Für Texte verwenden</translation>
    </message>
    <message>
        <source>Caption on this machine again</source>
        <translation>Wieder auf diesem Rechner beschreiben</translation>
    </message>
    <message>
        <source>Photos are sent to {server}.</source>
        <translation>Fotos gehen an {server}.</translation>
    </message>
    <message>
        <source>It is allowed, and not in use: photos stay on this machine.</source>
        <translation>Er ist erlaubt und nicht in Gebrauch: Fotos bleiben auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>A key for this server is in the system&apos;s keyring.</source>
        <translation>Ein Schlüssel für diesen Server liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>No key is kept. Servers on your own machine rarely want one.</source>
        <translation>Kein Schlüssel hinterlegt. Server auf dem eigenen Rechner wollen selten einen.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s keyring, for this server alone.</source>
        <translation>Er liegt im Schlüsselbund des Systems, nur für diesen Server.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>What the model is told</source>
        <translation>Was dem Modell gesagt wird</translation>
    </message>
    <message>
        <source>In any language; captions come in the language it asks for.</source>
        <translation>In jeder Sprache; Texte kommen in der, die es verlangt.</translation>
    </message>
    <message>
        <source>Its model is not installed yet; search goes by words alone.</source>
        <translation>Das Modell dafür ist noch nicht installiert; gesucht wird nur nach Wörtern.</translation>
    </message>
    <message>
        <source>{done} captions can be found by their meaning, {left} are to come.</source>
        <translation>{done} Texte sind nach ihrer Bedeutung zu finden, {left} kommen noch.</translation>
    </message>
    <message>
        <source>{done} captions can be found by their meaning.</source>
        <translation>{done} Texte sind nach ihrer Bedeutung zu finden.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>“puppy at the seaside” then finds “A dog runs along the beach”.</source>
        <translation>„puppy at the seaside“ findet dann „A dog runs along the beach“.</translation>
    </message>
    <message>
        <source>Go on watching when the window is closed</source>
        <translation>Weiter überwachen, wenn das Fenster zu ist</translation>
    </message>
    <message>
        <source>PhotoTagger then stays in the tray; quit it there.</source>
        <translation>PhotoTagger bleibt dann im Infobereich; dort wird es beendet.</translation>
    </message>
    <message>
        <source>This desktop shows no tray, so PhotoTagger ends with its window.</source>
        <translation>Dieser Desktop hat keinen Infobereich, darum endet PhotoTagger mit seinem Fenster.</translation>
    </message>
    <message>
        <source>Notifications &amp; session</source>
        <translation>Meldungen &amp; Anmeldung</translation>
    </message>
    <message>
        <source>Show notifications</source>
        <translation>Meldungen zeigen</translation>
    </message>
    <message>
        <source>When photos are done or something needs you, while the window is not in front.</source>
        <translation>Wenn Fotos fertig sind oder etwas Sie braucht und das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>Bei der Anmeldung starten</translation>
    </message>
    <message>
        <source>In the tray, without a window.</source>
        <translation>Im Infobereich, ohne Fenster.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>The model&apos;s caption goes into the library only, so that both can be searched.</source>
        <translation>Der Text des Modells kommt nur in die Bibliothek, sodass beide gefunden werden.</translation>
    </message>
    <message>
        <source>keep mine</source>
        <translation>meinen behalten</translation>
    </message>
    <message>
        <source>Add the model&apos;s below mine</source>
        <translation>Den des Modells unter meinen setzen</translation>
    </message>
    <message>
        <source>On a line of its own, in the same field.</source>
        <translation>In eine eigene Zeile desselben Feldes.</translation>
    </message>
    <message>
        <source>add below mine</source>
        <translation>unter meinen setzen</translation>
    </message>
    <message>
        <source>Replace mine</source>
        <translation>Meinen ersetzen</translation>
    </message>
    <message>
        <source>Yours stays in the history; Undo brings it back.</source>
        <translation>Ihrer bleibt im Verlauf; Rückgängig holt ihn zurück.</translation>
    </message>
    <message>
        <source>replace mine</source>
        <translation>meinen ersetzen</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>Every caption that no model is proven to have written counts as a person&apos;s, in any field of the file or its sidecar.</source>
        <translation>Jeder Text, der nicht nachweislich von einem Modell stammt, gilt als der eines Menschen, in jedem Feld der Datei und ihrer Begleitdatei.</translation>
    </message>
    <message>
        <source>When a photo has a caption of yours</source>
        <translation>Wenn ein Foto schon einen Text von Ihnen hat</translation>
    </message>
    <message>
        <source>Texts that nobody wrote</source>
        <translation>Texte, die niemand geschrieben hat</translation>
    </message>
    <message>
        <source>Let the model&apos;s captions replace those that people wrote?</source>
        <translation>Sollen Texte des Modells die von Menschen ersetzen?</translation>
    </message>
    <message>
        <source>From now on, new captions take the place of yours in the files. Undo brings them back.</source>
        <translation>Von nun an treten neue Texte in den Dateien an die Stelle Ihrer eigenen. Rückgängig holt sie zurück.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Liste speichern</translation>
    </message>
    <message>
        <source>Use the list that came with PhotoTagger</source>
        <translation>Mitgelieferte Liste verwenden</translation>
    </message>
    <message>
        <source>Cameras and programs put such texts where captions go. One on each line; letter case does not count, a * at the end stands for anything.</source>
        <translation>Kameras und Programme schreiben solche Texte an die Stelle der Beschreibung. Einer je Zeile; Groß- und Kleinschreibung zählt nicht, ein * am Ende steht für Beliebiges.</translation>
    </message>
    <message>
        <source>These count as no caption</source>
        <translation>Diese zählen nicht als Text</translation>
    </message>
    <message>
        <source>Write captions automatically</source>
        <translation>Texte von selbst schreiben</translation>
    </message>
    <message>
        <source>As soon as a photo is captioned. Captions the model is unsure of wait in Review.</source>
        <translation>Sobald ein Foto beschrieben ist. Unsichere Texte warten auf Ihre Prüfung.</translation>
    </message>
    <message>
        <source>automatically</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>Let me review every caption first</source>
        <translation>Mich jeden Text zuerst prüfen lassen</translation>
    </message>
    <message>
        <source>Nothing is written into a photo before you accept it.</source>
        <translation>Nichts wird geschrieben, bevor Sie es annehmen.</translation>
    </message>
    <message>
        <source>after my review</source>
        <translation>nach meiner Prüfung</translation>
    </message>
    <message>
        <source>Never write into files</source>
        <translation>Nie in Dateien schreiben</translation>
    </message>
    <message>
        <source>Captions stay in PhotoTagger&apos;s library, where you can search them.</source>
        <translation>Texte bleiben in der Bibliothek von PhotoTagger, wo Sie danach suchen können.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Into the photo where that is safe, else beside it</source>
        <translation>Ins Foto, wo das sicher ist, sonst daneben</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP and TIFF take it themselves; RAW and others get an .xmp file.</source>
        <translation>JPEG, PNG, WebP und TIFF nehmen ihn selbst auf; RAW und andere bekommen eine .xmp-Datei.</translation>
    </message>
    <message>
        <source>into the photo if safe</source>
        <translation>ins Foto, wenn sicher</translation>
    </message>
    <message>
        <source>Always beside the photo</source>
        <translation>Immer neben das Foto</translation>
    </message>
    <message>
        <source>Photos are never changed; each gets an .xmp file.</source>
        <translation>Fotos bleiben unverändert; jedes bekommt eine .xmp-Datei.</translation>
    </message>
    <message>
        <source>beside the photo</source>
        <translation>neben das Foto</translation>
    </message>
    <message>
        <source>Only into the photo</source>
        <translation>Nur ins Foto</translation>
    </message>
    <message>
        <source>What cannot be embedded safely stays in the library.</source>
        <translation>Was nicht sicher eingebettet werden kann, bleibt in der Bibliothek.</translation>
    </message>
    <message>
        <source>only into the photo</source>
        <translation>nur ins Foto</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Into the photo where that is safe, and beside it.</source>
        <translation>Ins Foto, wo das sicher ist, und daneben.</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Also as the description for people who cannot see the picture, where it is empty.</source>
        <translation>Auch als Beschreibung für Menschen, die das Bild nicht sehen, wo sie leer ist.</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Also the nouns of the model&apos;s caption.</source>
        <translation>Auch die Hauptwörter aus dem Text des Modells.</translation>
    </message>
    <message>
        <source>Keyword trees of Lightroom and digiKam</source>
        <translation>Stichwortbäume von Lightroom und digiKam</translation>
    </message>
    <message>
        <source>The keywords also under a root “AI” in the lists of those programs.</source>
        <translation>Die Stichwörter auch unter einer Wurzel „AI“ in den Listen dieser Programme.</translation>
    </message>
    <message>
        <source>Comment for Windows</source>
        <translation>Kommentar für Windows</translation>
    </message>
    <message>
        <source>Also where Windows Explorer shows a comment.</source>
        <translation>Auch dort, wo der Windows-Explorer einen Kommentar zeigt.</translation>
    </message>
    <message>
        <source>Keep the file&apos;s modification time</source>
        <translation>Änderungszeit der Datei behalten</translation>
    </message>
    <message>
        <source>Backup programs may then miss that the file has changed.</source>
        <translation>Sicherungsprogramme übersehen dann vielleicht die Änderung.</translation>
    </message>
    <message>
        <source>Write into files with hard links</source>
        <translation>In Dateien mit harten Verweisen schreiben</translation>
    </message>
    <message>
        <source>The other names keep the old version: the files part ways.</source>
        <translation>Die anderen Namen behalten die alte Fassung: Die Dateien trennen sich.</translation>
    </message>
    <message>
        <source>as the folder has them</source>
        <translation>wie im Ordner schon</translation>
    </message>
    <message>
        <source>IMG_1.xmp (Adobe)</source>
        <translation>IMG_1.xmp (Adobe)</translation>
    </message>
    <message>
        <source>IMG_1.CR2.xmp (darktable, digiKam)</source>
        <translation>IMG_1.CR2.xmp (darktable, digiKam)</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What else</source>
        <translation>Was noch</translation>
    </message>
    <message>
        <source>Taking it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Writes can be undone</source>
        <translation>Rückgängig machen geht</translation>
    </message>
    <message>
        <source>What was written is forgotten after this time, 30 days at least.</source>
        <translation>Danach wird vergessen, was geschrieben wurde, frühestens nach 30 Tagen.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Watch folders…</source>
        <translation>Ü&amp;berwachte Ordner …</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Close the window</source>
        <translation>Fenster &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Verlauf …</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Save this search…</source>
        <translation>Suche s&amp;peichern …</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>S&amp;maller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Einzelheiten</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>What a &amp;search can say</source>
        <translation>Was eine &amp;Suche sagen kann</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>Show the &amp;log files</source>
        <translation>&amp;Protokolle zeigen</translation>
    </message>
    <message>
        <source>&amp;About PhotoTagger</source>
        <translation>Ü&amp;ber PhotoTagger</translation>
    </message>
    <message>
        <source>Captioned</source>
        <translation>Beschrieben</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Bearbeitet</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Made to agree</source>
        <translation>In Einklang gebracht</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message numerus="yes">
        <source>Captioned %n photo(s)</source>
        <translation>
            <numerusform>%n Foto beschrieben</numerusform>
            <numerusform>%n Fotos beschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accepted the captions of %n photo(s)</source>
        <translation>
            <numerusform>Text von %n Foto angenommen</numerusform>
            <numerusform>Texte von %n Fotos angenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejected the captions of %n photo(s)</source>
        <translation>
            <numerusform>Text von %n Foto abgelehnt</numerusform>
            <numerusform>Texte von %n Fotos abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Edited %n photo(s)</source>
        <translation>
            <numerusform>%n Foto bearbeitet</numerusform>
            <numerusform>%n Fotos bearbeitet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported texts of %n photo(s)</source>
        <translation>
            <numerusform>Texte von %n Foto importiert</numerusform>
            <numerusform>Texte von %n Fotos importiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Made the tags of %n photo(s) agree</source>
        <translation>
            <numerusform>Angaben von %n Foto in Einklang gebracht</numerusform>
            <numerusform>Angaben von %n Fotos in Einklang gebracht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took back what was written to %n photo(s)</source>
        <translation>
            <numerusform>Geschriebenes bei %n Foto zurückgenommen</numerusform>
            <numerusform>Geschriebenes bei %n Fotos zurückgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrote to %n photo(s) again</source>
        <translation>
            <numerusform>Bei %n Foto erneut geschrieben</numerusform>
            <numerusform>Bei %n Fotos erneut geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Captioned {name}</source>
        <translation>{name} beschrieben</translation>
    </message>
    <message>
        <source>Accepted the caption of {name}</source>
        <translation>Text von {name} angenommen</translation>
    </message>
    <message>
        <source>Rejected the caption of {name}</source>
        <translation>Text von {name} abgelehnt</translation>
    </message>
    <message>
        <source>Edited {name}</source>
        <translation>{name} bearbeitet</translation>
    </message>
    <message>
        <source>Imported texts of {name}</source>
        <translation>Texte von {name} importiert</translation>
    </message>
    <message>
        <source>Made the tags of {name} agree</source>
        <translation>Angaben von {name} in Einklang gebracht</translation>
    </message>
    <message>
        <source>Took back what was written to {name}</source>
        <translation>Geschriebenes bei {name} zurückgenommen</translation>
    </message>
    <message>
        <source>Wrote to {name} again</source>
        <translation>Bei {name} erneut geschrieben</translation>
    </message>
    <message>
        <source>taken back in part</source>
        <translation>teilweise zurückgenommen</translation>
    </message>
    <message>
        <source>taken back since</source>
        <translation>inzwischen zurückgenommen</translation>
    </message>
    <message>
        <source>Keywords: {names}</source>
        <translation>Stichwörter: {names}</translation>
    </message>
    <message>
        <source>No keywords</source>
        <translation>Keine Stichwörter</translation>
    </message>
    <message>
        <source>Alt text: {text}</source>
        <translation>Alternativtext: {text}</translation>
    </message>
    <message>
        <source>No alt text</source>
        <translation>Kein Alternativtext</translation>
    </message>
    <message>
        <source>Something went wrong that should not; your photos are safe</source>
        <translation>Etwas ging schief, das nicht dürfte; Ihre Fotos sind sicher</translation>
    </message>
    <message>
        <source>A report was saved as {path}. Please send it to the authors.</source>
        <translation>Ein Bericht liegt unter {path}. Bitte schicken Sie ihn den Autoren.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will change.</source>
        <translation>
            <numerusform>%n Foto wird geändert.</numerusform>
            <numerusform>%n Fotos werden geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n are shown.</source>
        <translation>
            <numerusform>Das erste wird gezeigt.</numerusform>
            <numerusform>Die ersten %n werden gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have a person&apos;s caption and stay.</source>
        <translation>
            <numerusform>%n hat einen Text von einem Menschen und bleibt.</numerusform>
            <numerusform>%n haben einen Text von einem Menschen und bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were changed</source>
        <translation>
            <numerusform>%n Foto wurde geändert</numerusform>
            <numerusform>%n Fotos wurden geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be changed.</source>
        <translation>
            <numerusform>%n konnte nicht geändert werden.</numerusform>
            <numerusform>%n konnten nicht geändert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something went wrong that should not ({kind})</source>
        <translation>Etwas ging schief, das nicht sollte ({kind})</translation>
    </message>
    <message>
        <source>Your photos are safe. The log file says more; `phototagger doctor` shows where it is.</source>
        <translation>Ihren Fotos ist nichts geschehen. Die Protokolldatei sagt mehr; `phototagger doctor` zeigt, wo sie ist.</translation>
    </message>
    <message>
        <source>Only on mains power</source>
        <translation>Nur mit Netzstrom</translation>
    </message>
    <message>
        <source>On battery, photos are found and searched, and wait for their captions.</source>
        <translation>Im Akkubetrieb werden Fotos gefunden und gesucht und warten auf ihre Texte.</translation>
    </message>
    <message>
        <source>Only in these hours</source>
        <translation>Nur in dieser Zeit</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) come first now</source>
        <translation>
            <numerusform>%n Foto kommt jetzt zuerst</numerusform>
            <numerusform>%n Fotos kommen jetzt zuerst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) are watched from now on</source>
        <translation>
            <numerusform>%n Ordner wird von nun an überwacht</numerusform>
            <numerusform>%n Ordner werden von nun an überwacht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were taken in</source>
        <translation>
            <numerusform>%n Foto wurde aufgenommen</numerusform>
            <numerusform>%n Fotos wurden aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) were watched already</source>
        <translation>
            <numerusform>%n Ordner wurde schon überwacht</numerusform>
            <numerusform>%n Ordner wurden schon überwacht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read as photos</source>
        <translation>
            <numerusform>%n Datei ist kein lesbares Foto</numerusform>
            <numerusform>%n Dateien sind keine lesbaren Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>Photos done</source>
        <translation>Fertige Fotos</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause for an hour</source>
        <translation>Eine Stunde anhalten</translation>
    </message>
    <message>
        <source>Sent to {server}</source>
        <translation>Geht an {server}</translation>
    </message>
    <message>
        <source>A remote captioner is chosen: photos leave this machine.</source>
        <translation>Ein entfernter Dienst ist gewählt: Fotos verlassen diesen Rechner.</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n misslungen</numerusform>
            <numerusform>%n misslungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>Modell wählen …</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>AuthorLine</name>
    <message>
        <source>Written by a person</source>
        <translation>Von einem Menschen</translation>
    </message>
    <message>
        <source>a model</source>
        <translation>einem Modell</translation>
    </message>
    <message>
        <source>Written by {model}</source>
        <translation>Von {model}</translation>
    </message>
    <message>
        <source>Written by {model}, hardly sure</source>
        <translation>Von {model}, kaum sicher</translation>
    </message>
    <message>
        <source>Written by {model}, fairly sure</source>
        <translation>Von {model}, ziemlich sicher</translation>
    </message>
    <message>
        <source>Written by {model}, sure</source>
        <translation>Von {model}, sicher</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>PhotoTagger goes on in the tray</source>
        <translation>PhotoTagger läuft im Infobereich weiter</translation>
    </message>
    <message>
        <source>Photos are still watched and captioned. Quit it there.</source>
        <translation>Fotos werden weiter überwacht und beschrieben. Beenden Sie es dort.</translation>
    </message>
</context>
<context>
    <name>Bulk</name>
    <message>
        <source>Accept captions</source>
        <translation>Texte annehmen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>These captions are written as the settings say. They stay the machine&apos;s.</source>
        <translation>Diese Texte werden geschrieben, wie es die Einstellungen sagen. Sie gelten weiter als die der Maschine.</translation>
    </message>
    <message>
        <source>None of the photos waits for review.</source>
        <translation>Keines der Fotos wartet auf Prüfung.</translation>
    </message>
    <message>
        <source>Caption to be written</source>
        <translation>Text, der geschrieben wird</translation>
    </message>
    <message>
        <source>Caption again with {model}</source>
        <translation>Neu beschreiben mit {model}</translation>
    </message>
    <message>
        <source>Caption again</source>
        <translation>Neu beschreiben</translation>
    </message>
    <message>
        <source>The model writes these captions anew, before anything else. The old ones stay in the history.</source>
        <translation>Das Modell schreibt diese Texte neu, vor allem anderen. Die alten bleiben im Verlauf.</translation>
    </message>
    <message>
        <source>Every caption here is a person&apos;s, and stays.</source>
        <translation>Jeder Text hier stammt von einem Menschen und bleibt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>The last write into each of these photos is taken back, to the byte. Redo writes again.</source>
        <translation>Was zuletzt in jedes dieser Fotos geschrieben wurde, wird auf das Byte genau zurückgenommen. Wiederholen schreibt es erneut.</translation>
    </message>
    <message>
        <source>PhotoTagger wrote nothing into these photos that stands.</source>
        <translation>In diesen Fotos steht nichts, was PhotoTagger geschrieben hat.</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>What is replaced counts as your own words from then on.</source>
        <translation>Was ersetzt wird, gilt von da an als Ihr eigener Text.</translation>
    </message>
    <message>
        <source>Nothing like that stands in these photos.</source>
        <translation>Nichts dergleichen steht in diesen Fotos.</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>You stopped it before the end.</source>
        <translation>Sie haben vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Stopping after this photo…</source>
        <translation>Nach diesem Foto ist Schluss …</translation>
    </message>
</context>
<context>
    <name>ConfidenceMeter</name>
    <message>
        <source>The model&apos;s own estimate: {percent} of 100</source>
        <translation>Eigene Einschätzung des Modells: {percent} von 100</translation>
    </message>
</context>
<context>
    <name>DecisionsBar</name>
    <message>
        <source>Back (K)</source>
        <translation>Zurück (K)</translation>
    </message>
    <message>
        <source>Next (J)</source>
        <translation>Weiter (J)</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>Replace mine</source>
        <translation>Meinen ersetzen</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>{name} ({key})</source>
        <translation>{name} ({key})</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Details of the photo</source>
        <translation>Einzelheiten des Fotos</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über das Foto</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>The photo is as it was before</source>
        <translation>Das Foto ist, wie es vorher war</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
</context>
<context>
    <name>FailuresList</name>
    <message>
        <source>Photos that failed</source>
        <translation>Misslungene Fotos</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n other(s)</source>
        <translation>
            <numerusform>{names} und %n weiteres</numerusform>
            <numerusform>{names} und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindReplaceDialog</name>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Alt texts</source>
        <translation>Alternativtexte</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß/klein beachten</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Replace with</source>
        <translation>&amp;Ersetzen durch</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message numerus="yes">
        <source>Type what to look for in the %n selected photo(s).</source>
        <translation>
            <numerusform>Geben Sie ein, was in dem ausgewählten Foto gesucht wird.</numerusform>
            <numerusform>Geben Sie ein, was in den %n ausgewählten Fotos gesucht wird.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstStartDialog</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>Schritt {step} von {steps}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>FolderHealthDialog</name>
    <message>
        <source>Watch folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>How they are written…</source>
        <translation>Wie geschrieben wird …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No folder is watched yet. Add one, and its photos appear.</source>
        <translation>Noch wird kein Ordner überwacht. Fügen Sie einen hinzu, und seine Fotos erscheinen.</translation>
    </message>
    <message>
        <source>New photos are noticed within seconds.</source>
        <translation>Neue Fotos werden binnen Sekunden bemerkt.</translation>
    </message>
    <message>
        <source>It was not there at the last look.</source>
        <translation>Beim letzten Blick war er nicht da.</translation>
    </message>
    <message>
        <source>It is not watched at the moment.</source>
        <translation>Er wird gerade nicht überwacht.</translation>
    </message>
    <message>
        <source>Paused: its photos wait.</source>
        <translation>Angehalten: Seine Fotos warten.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Captioned</source>
        <translation>Beschrieben</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Prüfung</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Misslungen</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übergangen</translation>
    </message>
    <message>
        <source>Look through it now</source>
        <translation>Jetzt durchsehen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop watching…</source>
        <translation>Nicht mehr überwachen …</translation>
    </message>
</context>
<context>
    <name>FoldersStep</name>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Welcome to PhotoTagger</source>
        <translation>Willkommen bei PhotoTagger</translation>
    </message>
    <message>
        <source>It describes each photo in a sentence, writes the sentence where every other program finds it, and finds any photo by a few words. All of that happens on this machine; no photo leaves it.</source>
        <translation>Es beschreibt jedes Foto in einem Satz, schreibt ihn dorthin, wo jedes andere Programm ihn findet, und findet jedes Foto mit ein paar Worten. Alles geschieht auf diesem Rechner; kein Foto verlässt ihn.</translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation>Wo sind Ihre Fotos?</translation>
    </message>
    <message>
        <source>or drop folders here</source>
        <translation>oder Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Leave {folder} out</source>
        <translation>{folder} weglassen</translation>
    </message>
    <message>
        <source>more than {count} photos</source>
        <translation>mehr als {count} Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>no photos yet</source>
        <translation>noch keine Fotos</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>What was written, newest first</source>
        <translation>Was geschrieben wurde, das Neueste zuerst</translation>
    </message>
    <message>
        <source>Nothing was written yet. All that is will be listed here.</source>
        <translation>Noch wurde nichts geschrieben. Alles Geschriebene steht dann hier.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>An earlier caption</source>
        <translation>Ein früherer Text</translation>
    </message>
    <message>
        <source>PhotoTagger has written nothing into this photo.</source>
        <translation>PhotoTagger hat nichts in dieses Foto geschrieben.</translation>
    </message>
    <message>
        <source>An earlier caption by a person</source>
        <translation>Früherer Text eines Menschen</translation>
    </message>
    <message>
        <source>What {model} says</source>
        <translation>Was {model} sagt</translation>
    </message>
    <message>
        <source>An earlier caption by {model}</source>
        <translation>Früherer Text von {model}</translation>
    </message>
    <message>
        <source>{done}, in the sidecar</source>
        <translation>{done}, in der Begleitdatei</translation>
    </message>
    <message>
        <source>{done}, taken back since</source>
        <translation>{done}, inzwischen zurückgenommen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo: {done}</source>
        <translation>Rückgängig: {done}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Make this the caption, as your own words</source>
        <translation>Als Ihren eigenen Text verwenden</translation>
    </message>
    <message>
        <source>Use the earlier caption: {text}</source>
        <translation>Den früheren Text verwenden: {text}</translation>
    </message>
</context>
<context>
    <name>KeywordField</name>
    <message>
        <source>Add a keyword</source>
        <translation>Stichwort hinzufügen</translation>
    </message>
    <message>
        <source>Enter adds it; a semicolon parts several</source>
        <translation>Eingabe fügt es hinzu; ein Strichpunkt trennt mehrere</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Take out the keyword {keyword}</source>
        <translation>Stichwort {keyword} herausnehmen</translation>
    </message>
</context>
<context>
    <name>LengthMeter</name>
    <message>
        <source>{length} of at most {most} characters</source>
        <translation>{length} von höchstens {most} Zeichen</translation>
    </message>
    <message>
        <source>{length} characters: more than {most} are tiring to listen to</source>
        <translation>{length} Zeichen: Mehr als {most} ermüden beim Zuhören</translation>
    </message>
</context>
<context>
    <name>ListHeader</name>
    <message>
        <source>One by one</source>
        <translation>Eins nach dem anderen</translation>
    </message>
    <message>
        <source>As a grid</source>
        <translation>Als Raster</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Progress of {model}</source>
        <translation>Fortschritt von {model}</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Captions that read text in pictures</source>
        <translation>Texte, die Schrift in Bildern lesen</translation>
    </message>
    <message>
        <source>Answers to questions</source>
        <translation>Antworten auf Fragen</translation>
    </message>
    <message>
        <source>Captions of videos</source>
        <translation>Texte zu Videos</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>{seconds} s a photo</source>
        <translation>{seconds} s je Foto</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) a second</source>
        <translation>
            <numerusform>%n Foto je Sekunde</numerusform>
            <numerusform>%n Fotos je Sekunde</numerusform>
        </translation>
    </message>
    <message>
        <source>Use for captions</source>
        <translation>Für Texte verwenden</translation>
    </message>
    <message>
        <source>Measure the speed</source>
        <translation>Tempo messen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>On your newest photos; nothing is written.</source>
        <translation>An Ihren neuesten Fotos; nichts wird geschrieben.</translation>
    </message>
    <message>
        <source>Resume ({done} of {total})</source>
        <translation>Fortsetzen ({done} von {total})</translation>
    </message>
    <message>
        <source>Download ({size})</source>
        <translation>Herunterladen ({size})</translation>
    </message>
</context>
<context>
    <name>ModelStep</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>I have a model in a folder…</source>
        <translation>Ich habe ein Modell in einem Ordner …</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Who describes them?</source>
        <translation>Wer beschreibt sie?</translation>
    </message>
    <message>
        <source>A captioning model runs on this machine. It is downloaded once and works offline from then on.</source>
        <translation>Ein Modell läuft auf diesem Rechner. Es wird einmal heruntergeladen und arbeitet dann ohne Netz.</translation>
    </message>
    <message>
        <source>{model} (recommended)</source>
        <translation>{model} (empfohlen)</translation>
    </message>
    <message>
        <source>The best captions, slower. {costs}</source>
        <translation>Die besten Texte, langsamer. {costs}</translation>
    </message>
    <message>
        <source>Only try it out, with the starter model</source>
        <translation>Nur ausprobieren, mit dem Startmodell</translation>
    </message>
    <message>
        <source>It comes with PhotoTagger and knows the pictures that the demo draws, not the world: its captions of your photos will be wrong.</source>
        <translation>Es liegt PhotoTagger bei und kennt die Bilder der Demo, nicht die Welt: Was es über Ihre Fotos sagt, wird falsch sein.</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Photos are found by name, date, place and camera, and wait for their captions.</source>
        <translation>Fotos werden nach Name, Datum, Ort und Kamera gefunden und warten auf ihre Texte.</translation>
    </message>
    <message>
        <source>{size} to download, {memory} of memory, licence {licence}.</source>
        <translation>{size} herunterzuladen, {memory} Arbeitsspeicher, Lizenz {licence}.</translation>
    </message>
    <message>
        <source>Choose a model&apos;s folder</source>
        <translation>Ordner eines Modells wählen</translation>
    </message>
    <message>
        <source>{done} of {total}. You can go on meanwhile.</source>
        <translation>{done} von {total}. Sie können inzwischen weitermachen.</translation>
    </message>
    <message>
        <source>Resume the download</source>
        <translation>Herunterladen fortsetzen</translation>
    </message>
    <message>
        <source>{model} is installed.</source>
        <translation>{model} ist installiert.</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Import from a folder…</source>
        <translation>Aus einem Ordner importieren …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{size} are free on this disk.</source>
        <translation>{size} sind auf diesem Laufwerk frei.</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>No captioning model yet. Choose one below.</source>
        <translation>Noch kein Modell für Texte. Wählen Sie unten eines.</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>The best comes first. A model is downloaded once and works offline.</source>
        <translation>Das beste steht zuerst. Ein Modell wird einmal heruntergeladen und arbeitet ohne Netz.</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Nach Bedeutung suchen</translation>
    </message>
    <message>
        <source>For other questions</source>
        <translation>Für andere Fragen</translation>
    </message>
    <message>
        <source>These do not describe photos unasked.</source>
        <translation>Diese beschreiben Fotos nicht ungefragt.</translation>
    </message>
    <message>
        <source>Starter models</source>
        <translation>Startmodelle</translation>
    </message>
    <message>
        <source>They know the pictures that the demo draws, not the world.</source>
        <translation>Sie kennen die Bilder der Demo, nicht die Welt.</translation>
    </message>
    <message>
        <source>Choose a model&apos;s folder</source>
        <translation>Ordner eines Modells wählen</translation>
    </message>
    <message>
        <source>Copying {folder}…</source>
        <translation>{folder} wird kopiert …</translation>
    </message>
    <message>
        <source>Remove {model} from this machine?</source>
        <translation>{model} von diesem Rechner entfernen?</translation>
    </message>
    <message>
        <source>Captions that it wrote stay. It can be downloaded again.</source>
        <translation>Seine Texte bleiben. Es kann wieder heruntergeladen werden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Copying {folder}: {part}</source>
        <translation>{folder} wird kopiert: {part}</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Caption &amp;now</source>
        <translation>&amp;Jetzt beschreiben</translation>
    </message>
    <message>
        <source>Caption again &amp;with</source>
        <translation>Neu beschreiben &amp;mit</translation>
    </message>
    <message>
        <source>&amp;Edit the caption</source>
        <translation>Text &amp;bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Accept the caption</source>
        <translation>Text &amp;annehmen</translation>
    </message>
    <message>
        <source>&amp;Undo the last write</source>
        <translation>Letztes Schreiben &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Find and replace…</source>
        <translation>&amp;Suchen und ersetzen …</translation>
    </message>
    <message>
        <source>&amp;Show in the file manager</source>
        <translation>Im &amp;Dateimanager zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy the caption</source>
        <translation>Text &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as a&amp;lt text</source>
        <translation>Als Alte&amp;rnativtext kopieren</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) come first now</source>
        <translation>
            <numerusform>%n Foto kommt jetzt zuerst</numerusform>
            <numerusform>%n Fotos kommen jetzt zuerst</numerusform>
        </translation>
    </message>
    <message>
        <source>These photos have captions</source>
        <translation>Diese Fotos haben Texte</translation>
    </message>
    <message>
        <source>“Caption again with” lets another model look at them.</source>
        <translation>Mit „Neu beschreiben mit“ sieht ein anderes Modell sie an.</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht …</translation>
    </message>
    <message>
        <source>The photo is as it was before</source>
        <translation>Das Foto ist, wie es vorher war</translation>
    </message>
    <message>
        <source>PhotoTagger wrote nothing into this photo that stands</source>
        <translation>In diesem Foto steht nichts, was PhotoTagger geschrieben hat</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied as alt text</source>
        <translation>Als Alternativtext kopiert</translation>
    </message>
    <message>
        <source>There is no text to copy</source>
        <translation>Es gibt keinen Text zum Kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Export the texts of %n photo(s)</source>
        <translation>
            <numerusform>Texte von %n Foto exportieren</numerusform>
            <numerusform>Texte von %n Fotos exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>JSON for programs (*.json)</source>
        <translation>JSON für Programme (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were exported</source>
        <translation>
            <numerusform>%n Foto wurde exportiert</numerusform>
            <numerusform>%n Fotos wurden exportiert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>PhotoPicture</name>
    <message>
        <source>The photo</source>
        <translation>Das Foto</translation>
    </message>
</context>
<context>
    <name>PreviewList</name>
    <message>
        <source>What will change</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
</context>
<context>
    <name>PreviewStep</name>
    <message>
        <source>The starter model wrote these captions. It knows only the pictures that the demo draws, so they are wrong: a real model says what is there.</source>
        <translation>Das Startmodell hat diese Texte geschrieben. Es kennt nur die Bilder der Demo, darum sind sie falsch: Ein echtes Modell sagt, was da ist.</translation>
    </message>
    <message>
        <source>Write captions automatically</source>
        <translation>Texte von selbst schreiben</translation>
    </message>
    <message>
        <source>Let me review every caption first</source>
        <translation>Mich jeden Text zuerst prüfen lassen</translation>
    </message>
    <message>
        <source>Write them beside my photos, never into them</source>
        <translation>Neben meine Fotos schreiben, nie hinein</translation>
    </message>
    <message>
        <source>Looking for three of your photos…</source>
        <translation>Drei Ihrer Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>This is what would be written</source>
        <translation>Das würde geschrieben</translation>
    </message>
    <message>
        <source>As soon as a photo is captioned. What the model is unsure of waits.</source>
        <translation>Sobald ein Foto beschrieben ist. Unsicheres wartet.</translation>
    </message>
    <message>
        <source>Nothing is written into a photo before you accept it.</source>
        <translation>Nichts wird geschrieben, bevor Sie es annehmen.</translation>
    </message>
    <message>
        <source>Each photo gets a small .xmp file; most programs read it.</source>
        <translation>Jedes Foto bekommt eine kleine .xmp-Datei; die meisten Programme lesen sie.</translation>
    </message>
    <message>
        <source>There are no photos in these folders yet. They may come.</source>
        <translation>In diesen Ordnern sind noch keine Fotos. Sie dürfen kommen.</translation>
    </message>
    <message>
        <source>The model is reading this photo…</source>
        <translation>Das Modell sieht sich dieses Foto an …</translation>
    </message>
    <message>
        <source>The caption will stand here once a model is installed.</source>
        <translation>Hier steht der Text, sobald ein Modell installiert ist.</translation>
    </message>
    <message>
        <source>Three of your own photos. Nothing has been written yet.</source>
        <translation>Drei Ihrer eigenen Fotos. Noch wurde nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>What it says now</source>
        <translation>Was jetzt da steht</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Nothing waits for review</source>
        <translation>Nichts wartet auf Prüfung</translation>
    </message>
    <message>
        <source>Captions that the model is not sure of come here before they are written.</source>
        <translation>Texte, deren sich das Modell nicht sicher ist, kommen hierher, bevor sie geschrieben werden.</translation>
    </message>
    <message>
        <source>The caption is kept</source>
        <translation>Der Text bleibt</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Yours: {caption}</source>
        <translation>Ihrer: {caption}</translation>
    </message>
    <message>
        <source>The model is not sure: this one would wait for your review.</source>
        <translation>Das Modell ist nicht sicher: Dieser Text würde auf Ihre Prüfung warten.</translation>
    </message>
    <message>
        <source>Nothing is written.</source>
        <translation>Nichts wird geschrieben.</translation>
    </message>
    <message>
        <source>Into the photo itself</source>
        <translation>In das Foto selbst</translation>
    </message>
    <message>
        <source>Into a file beside the photo</source>
        <translation>In eine Datei neben dem Foto</translation>
    </message>
    <message>
        <source>Into PhotoTagger&apos;s library only</source>
        <translation>Nur in die Bibliothek von PhotoTagger</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Your words are kept</source>
        <translation>Ihre Worte bleiben</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search your photos: dog on a beach, date:2024, …</source>
        <translation>Fotos suchen: dog on a beach, date:2024, …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Photos appear as you type. Down goes to them, Escape clears the search.</source>
        <translation>Fotos erscheinen beim Tippen. Pfeil nach unten geht zu ihnen, Esc leert die Suche.</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Suche speichern …</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>Name of the search:</source>
        <translation>Name der Suche:</translation>
    </message>
</context>
<context>
    <name>SearchReading</name>
    <message>
        <source>By words alone: the model for search by meaning is not installed.</source>
        <translation>Nur nach Wörtern: Das Modell für die Suche nach Bedeutung ist nicht installiert.</translation>
    </message>
    <message>
        <source>Leave this out of the search</source>
        <translation>Aus der Suche nehmen</translation>
    </message>
    <message>
        <source>So common that it was left out</source>
        <translation>So häufig, dass es weggelassen wurde</translation>
    </message>
    <message>
        <source>Leave out: {part}</source>
        <translation>Weglassen: {part}</translation>
    </message>
    <message>
        <source>more than {number} photos</source>
        <translation>mehr als {number} Fotos</translation>
    </message>
    <message>
        <source>no photo has all of this</source>
        <translation>kein Foto hat all das</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with all of this</source>
        <translation>
            <numerusform>%n Foto mit all dem</numerusform>
            <numerusform>%n Fotos mit all dem</numerusform>
        </translation>
    </message>
    <message>
        <source>Did you mean “{search}”?</source>
        <translation>Meinten Sie „{search}“?</translation>
    </message>
</context>
<context>
    <name>SelectionSummary</name>
    <message numerus="yes">
        <source>%n photo(s) are selected</source>
        <translation>
            <numerusform>%n Foto ist ausgewählt</numerusform>
            <numerusform>%n Fotos sind ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>What you choose here is done to all of them.</source>
        <translation>Was Sie hier wählen, geschieht mit allen.</translation>
    </message>
    <message>
        <source>No photo is selected</source>
        <translation>Kein Foto ist ausgewählt</translation>
    </message>
    <message>
        <source>Select one to see it large and to edit its caption.</source>
        <translation>Wählen Sie eines, um es groß zu sehen und seinen Text zu bearbeiten.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Captions &amp; models</source>
        <translation>Texte &amp; Modelle</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>Remote captioner</source>
        <translation>Entfernter Dienst</translation>
    </message>
    <message>
        <source>Notifications &amp; session</source>
        <translation>Meldungen &amp; Anmeldung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Changes count at once, for photos from now on.</source>
        <translation>Änderungen gelten sofort, für Fotos von nun an.</translation>
    </message>
</context>
<context>
    <name>SidebarPanel</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Not captioned</source>
        <translation>Ohne Text</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Misslungen</translation>
    </message>
    <message>
        <source>Recently captioned</source>
        <translation>Zuletzt beschrieben</translation>
    </message>
    <message>
        <source>Lists and folders</source>
        <translation>Listen und Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>no photos</source>
        <translation>keine Fotos</translation>
    </message>
    <message>
        <source>Offline: nothing is lost, its photos come back with it.</source>
        <translation>Offline: Nichts ist verloren, seine Fotos kommen mit ihm zurück.</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Diese Suche vergessen</translation>
    </message>
    <message>
        <source>How this folder is watched…</source>
        <translation>Wie dieser Ordner überwacht wird …</translation>
    </message>
    <message>
        <source>Stop watching this folder…</source>
        <translation>Diesen Ordner nicht mehr überwachen …</translation>
    </message>
</context>
<context>
    <name>TextsBlock</name>
    <message>
        <source>Caption</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>No caption yet. Write one here.</source>
        <translation>Noch kein Text. Schreiben Sie hier einen.</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Say what there is to see, for people who cannot see it.</source>
        <translation>Sagen Sie, was zu sehen ist, für Menschen, die es nicht sehen.</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open PhotoTagger</source>
        <translation>PhotoTagger öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause for an hour</source>
        <translation>Eine Stunde anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Paused until {time}</source>
        <translation>Angehalten bis {time}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Held up</source>
        <translation>Aufgehalten</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) to go</source>
        <translation>
            <numerusform>noch %n Foto</numerusform>
            <numerusform>noch %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Überwachen</translation>
    </message>
</context>
<context>
    <name>UndoActions</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>Es gibt nichts zurückzunehmen</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>Es gibt nichts zu wiederholen</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Take this back: {what}?</source>
        <translation>Zurücknehmen: {what}?</translation>
    </message>
    <message>
        <source>The captions wait for your review again. No file is touched.</source>
        <translation>Die Texte warten wieder auf Ihre Prüfung. Keine Datei wird berührt.</translation>
    </message>
    <message>
        <source>The files become what they were before, to the byte. Redo writes again.</source>
        <translation>Die Dateien werden auf das Byte genau, was sie waren. Wiederholen schreibt erneut.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>{keys} does it again.</source>
        <translation>{keys} wiederholt es.</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>Wiederholen: {what}</translation>
    </message>
</context>
<context>
    <name>WindowLayout</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Seitenleiste zeigen</translation>
    </message>
    <message>
        <source>Show the details of the photo</source>
        <translation>Einzelheiten des Fotos zeigen</translation>
    </message>
</context>
<context>
    <name>_Suggestion</name>
    <message>
        <source>Use this instead</source>
        <translation>Stattdessen diesen nehmen</translation>
    </message>
    <message>
        <source>Your caption stays in the history, and Undo brings it back</source>
        <translation>Ihr Text bleibt im Verlauf, und Rückgängig holt ihn zurück</translation>
    </message>
</context>
<context>
    <name>_Where</name>
    <message>
        <source>Not kept yet. {keys} tries again, Escape gives it up.</source>
        <translation>Noch nicht behalten. {keys} versucht es noch einmal, Escape gibt es auf.</translation>
    </message>
    <message>
        <source>Its folder is offline. The photo comes back with it.</source>
        <translation>Sein Ordner ist nicht erreichbar. Das Foto kommt mit ihm zurück.</translation>
    </message>
    <message>
        <source>The file is not where it was.</source>
        <translation>Die Datei ist nicht mehr, wo sie war.</translation>
    </message>
    <message>
        <source>A suggestion waits for your review</source>
        <translation>Ein Vorschlag wartet auf Ihre Prüfung</translation>
    </message>
    <message>
        <source>Waits for your review, and is not in the photo yet</source>
        <translation>Wartet auf Ihre Prüfung und steht noch nicht im Foto</translation>
    </message>
    <message>
        <source>Waits for its turn to be captioned.</source>
        <translation>Wartet, bis es beschrieben wird.</translation>
    </message>
    <message>
        <source>Written into the photo</source>
        <translation>In das Foto geschrieben</translation>
    </message>
    <message>
        <source>Written into {sidecar}</source>
        <translation>In {sidecar} geschrieben</translation>
    </message>
    <message>
        <source>Only in the index of this program, not in the photo</source>
        <translation>Nur in der Bibliothek dieses Programms, nicht im Foto</translation>
    </message>
</context>
<context>
    <name>said</name>
    <message>
        <source>en</source>
        <comment>the code of this language</comment>
        <translation>de</translation>
    </message>
</context>
</TS>

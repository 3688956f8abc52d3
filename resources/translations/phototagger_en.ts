<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n photo(s) to go</source>
        <translation>
            <numerusform>%n photo to go</numerusform>
            <numerusform>%n photos to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) wait</source>
        <translation>
            <numerusform>%n photo waits</numerusform>
            <numerusform>%n photos wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>Watching %n folder</numerusform>
            <numerusform>Watching %n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) away for now</source>
        <translation>
            <numerusform>%n folder away for now</numerusform>
            <numerusform>%n folders away for now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caption(s) wait for your review</source>
        <translation>
            <numerusform>%n caption waits for your review</numerusform>
            <numerusform>%n captions wait for your review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>about %n hour</numerusform>
            <numerusform>about %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n day(s)</source>
        <translation>
            <numerusform>about %n day</numerusform>
            <numerusform>about %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) a minute</source>
        <translation>
            <numerusform>%n photo a minute</numerusform>
            <numerusform>%n photos a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) an hour</source>
        <translation>
            <numerusform>%n photo an hour</numerusform>
            <numerusform>%n photos an hour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) captioned</source>
        <translation>
            <numerusform>%n photo captioned</numerusform>
            <numerusform>%n photos captioned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) for your review</source>
        <translation>
            <numerusform>%n waits for your review</numerusform>
            <numerusform>%n wait for your review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Captioned %n photo(s)</source>
        <translation>
            <numerusform>Captioned %n photo</numerusform>
            <numerusform>Captioned %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accepted the captions of %n photo(s)</source>
        <translation>
            <numerusform>Accepted the captions of %n photo</numerusform>
            <numerusform>Accepted the captions of %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejected the captions of %n photo(s)</source>
        <translation>
            <numerusform>Rejected the captions of %n photo</numerusform>
            <numerusform>Rejected the captions of %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Edited %n photo(s)</source>
        <translation>
            <numerusform>Edited %n photo</numerusform>
            <numerusform>Edited %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported texts of %n photo(s)</source>
        <translation>
            <numerusform>Imported texts of %n photo</numerusform>
            <numerusform>Imported texts of %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Made the tags of %n photo(s) agree</source>
        <translation>
            <numerusform>Made the tags of %n photo agree</numerusform>
            <numerusform>Made the tags of %n photos agree</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took back what was written to %n photo(s)</source>
        <translation>
            <numerusform>Took back what was written to %n photo</numerusform>
            <numerusform>Took back what was written to %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrote to %n photo(s) again</source>
        <translation>
            <numerusform>Wrote to %n photo again</numerusform>
            <numerusform>Wrote to %n photos again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will change.</source>
        <translation>
            <numerusform>%n photo will change.</numerusform>
            <numerusform>%n photos will change.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n are shown.</source>
        <translation>
            <numerusform>The first one is shown.</numerusform>
            <numerusform>The first %n are shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have a person&apos;s caption and stay.</source>
        <translation>
            <numerusform>%n has a person&apos;s caption and stays.</numerusform>
            <numerusform>%n have a person&apos;s caption and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were changed</source>
        <translation>
            <numerusform>%n photo was changed</numerusform>
            <numerusform>%n photos were changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be changed.</source>
        <translation>
            <numerusform>%n could not be changed.</numerusform>
            <numerusform>%n could not be changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) come first now</source>
        <translation>
            <numerusform>%n photo comes first now</numerusform>
            <numerusform>%n photos come first now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) are watched from now on</source>
        <translation>
            <numerusform>%n folder is watched from now on</numerusform>
            <numerusform>%n folders are watched from now on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were taken in</source>
        <translation>
            <numerusform>%n photo was taken in</numerusform>
            <numerusform>%n photos were taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) were watched already</source>
        <translation>
            <numerusform>%n folder was watched already</numerusform>
            <numerusform>%n folders were watched already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read as photos</source>
        <translation>
            <numerusform>%n file cannot be read as a photo</numerusform>
            <numerusform>%n files cannot be read as photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityPanel</name>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailuresList</name>
    <message numerus="yes">
        <source>{names} and %n other(s)</source>
        <translation>
            <numerusform>{names} and %n other</numerusform>
            <numerusform>{names} and %n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindReplaceDialog</name>
    <message numerus="yes">
        <source>Type what to look for in the %n selected photo(s).</source>
        <translation>
            <numerusform>Type what to look for in the %n selected photo.</numerusform>
            <numerusform>Type what to look for in the %n selected photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersStep</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListHeader</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message numerus="yes">
        <source>%n photo(s) a second</source>
        <translation>
            <numerusform>%n photo a second</numerusform>
            <numerusform>%n photos a second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message numerus="yes">
        <source>%n photo(s) come first now</source>
        <translation>
            <numerusform>%n photo comes first now</numerusform>
            <numerusform>%n photos come first now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export the texts of %n photo(s)</source>
        <translation>
            <numerusform>Export the texts of %n photo</numerusform>
            <numerusform>Export the texts of %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were exported</source>
        <translation>
            <numerusform>%n photo was exported</numerusform>
            <numerusform>%n photos were exported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchReading</name>
    <message numerus="yes">
        <source>%n photo(s) with all of this</source>
        <translation>
            <numerusform>%n photo with all of this</numerusform>
            <numerusform>%n photos with all of this</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionSummary</name>
    <message numerus="yes">
        <source>%n photo(s) are selected</source>
        <translation>
            <numerusform>%n photo is selected</numerusform>
            <numerusform>%n photos are selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarPanel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n photo(s) to go</source>
        <translation>
            <numerusform>%n photo to go</numerusform>
            <numerusform>%n photos to go</numerusform>
        </translation>
    </message>
</context>
</TS>

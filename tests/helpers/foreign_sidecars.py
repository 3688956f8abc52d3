# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Sidecars in the shapes in which other programs write them: structure and manner, made up here."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# Attributes wherever possible, history, develop settings, masks: Lightroom and Camera Raw.
ADOBE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
   xmp:Rating="4"
   xmp:Label="Red &amp; Blue"
   xmp:ModifyDate="2026-01-01T10:00:00+01:00"
   photoshop:SidecarForExtension="NEF"
   xmpMM:DocumentID="xmp.did:0001"
   crs:Version="15.3"
   crs:Exposure2012="+0.35"
   crs:HasSettings="True">
   <xmpMM:History>
    <rdf:Seq>
     <rdf:li stEvt:action="derived" stEvt:parameters="converted from image/x-nikon-nef, saved"/>
     <rdf:li stEvt:action="saved" stEvt:changed="/metadata" stEvt:softwareAgent="Test 1.0"/>
    </rdf:Seq>
   </xmpMM:History>
   <dc:subject>
    <rdf:Bag>
     <rdf:li>sea</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <crs:ToneCurvePV2012>
    <rdf:Seq>
     <rdf:li>0, 0</rdf:li>
     <rdf:li>255, 255</rdf:li>
    </rdf:Seq>
   </crs:ToneCurvePV2012>
   <crs:MaskGroupBasedCorrections>
    <rdf:Seq>
     <rdf:li>
      <rdf:Description
       crs:What="Correction"
       crs:CorrectionAmount="1"
       crs:LocalExposure2012="-0.2">
      <crs:CorrectionMasks>
       <rdf:Seq>
        <rdf:li crs:What="Mask/Image" crs:MaskActive="true" crs:MaskName="Sky &gt; 1"/>
       </rdf:Seq>
      </crs:CorrectionMasks>
      </rdf:Description>
     </rdf:li>
    </rdf:Seq>
   </crs:MaskGroupBasedCorrections>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

# No xpacket; history and masks as lists of attributes; keywords in two lists: darktable.
DARKTABLE = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:darktable="http://darktable.sf.net/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   exif:DateTimeOriginal="2025:07:01 12:34:56"
   xmp:Rating="1"
   xmpMM:DerivedFrom="IMG_1.NEF"
   darktable:import_timestamp="63799890"
   darktable:xmp_version="5"
   darktable:raw_params="0"
   darktable:auto_presets_applied="1"
   darktable:history_end="2">
   <dc:subject>
    <rdf:Seq>
     <rdf:li>darktable</rdf:li>
     <rdf:li>sea</rdf:li>
    </rdf:Seq>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Seq>
     <rdf:li>places|sea</rdf:li>
    </rdf:Seq>
   </lr:hierarchicalSubject>
   <darktable:masks_history>
    <rdf:Seq>
     <rdf:li
      darktable:mask_num="0"
      darktable:mask_id="1531749340"
      darktable:mask_type="4"
      darktable:mask_points="gz02eJzrYNBgYGBgAAAD+ADI"/>
    </rdf:Seq>
   </darktable:masks_history>
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:num="0"
      darktable:operation="rawprepare"
      darktable:enabled="1"
      darktable:params="00000000" darktable:blendop_params="gz11eJxjYIAACQ=="/>
     <rdf:li
      darktable:num="1"
      darktable:operation="exposure"
      darktable:enabled="1"
      darktable:params="0000000000004842"
      darktable:multi_name=""/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

# Everything as elements, a tree of tags in several namespaces, faces as regions: digiKam.
DIGIKAM = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/"
    xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
   digiKam:PickLabel="3"
   MicrosoftPhoto:Rating="75"
   acdsee:categories="&lt;Categories&gt;&lt;Category Is=&quot;1&quot;&gt;sea&lt;/Category&gt;">
   <digiKam:TagsList>
    <rdf:Seq>
     <rdf:li>People/Oma</rdf:li>
     <rdf:li>Places/sea</rdf:li>
    </rdf:Seq>
   </digiKam:TagsList>
   <MicrosoftPhoto:LastKeywordXMP>
    <rdf:Bag>
     <rdf:li>People/Oma</rdf:li>
    </rdf:Bag>
   </MicrosoftPhoto:LastKeywordXMP>
   <dc:title>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">At the sea</rdf:li>
     <rdf:li xml:lang="de-DE">Am Meer</rdf:li>
    </rdf:Alt>
   </dc:title>
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:RegionList>
     <rdf:Bag>
      <rdf:li rdf:parseType="Resource">
       <mwg-rs:Name>Oma</mwg-rs:Name>
       <mwg-rs:Type>Face</mwg-rs:Type>
       <mwg-rs:Area stArea:x="0.5" stArea:y="0.4" stArea:w="0.1" stArea:h="0.2"
         stArea:unit="normalized"/>
      </rdf:li>
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

# Several descriptions, each with its own namespaces: Capture One.
CAPTURE_ONE = """<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 5.5.0">
   <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about=""
            xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
         <photoshop:Urgency>4</photoshop:Urgency>
         <photoshop:City>Rostock</photoshop:City>
         <photoshop:SidecarForExtension>NEF</photoshop:SidecarForExtension>
      </rdf:Description>
      <rdf:Description rdf:about=""
            xmlns:lightroom="http://ns.adobe.com/lightroom/1.0/">
         <lightroom:hierarchicalSubject>
            <rdf:Bag>
               <rdf:li>places|sea</rdf:li>
            </rdf:Bag>
         </lightroom:hierarchicalSubject>
      </rdf:Description>
      <rdf:Description rdf:about=""
            xmlns:xmp="http://ns.adobe.com/xap/1.0/">
         <xmp:Rating>5</xmp:Rating>
      </rdf:Description>
   </rdf:RDF>
</x:xmpmeta>
<?xpacket end='w'?>"""

# What is allowed and rare: odd prefixes, single quotes, comments, a namespace nobody knows,
# CDATA, references, a list within a structure within a list.
UNUSUAL = """<x:xmpmeta xmlns:x='adobe:ns:meta/'><!-- kept by hand -->
<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
 <!-- one > two -->
 <r:Description r:about='uuid:1&amp;2' xmlns:w='http://example.com/words/'
    w:mood = 'calm > wild' w:quote='"so"'>
  <w:story>Once &#x2014; upon a <![CDATA[<time>]]></w:story>
  <w:parts><r:Seq><r:li r:parseType='Resource'><w:name>one</w:name>
    <w:inside><r:Bag><r:li>a</r:li><r:li/></r:Bag></w:inside></r:li></r:Seq></w:parts>
  <w:link r:resource='http://example.com/'/>
  <d:subject xmlns:d='http://purl.org/dc/elements/1.1/'><r:Bag><r:li>sea</r:li></r:Bag></d:subject>
 </r:Description>
</r:RDF></x:xmpmeta>
"""

SIDECARS: dict[str, bytes] = {
    "Adobe": ADOBE.encode(),
    "darktable": DARKTABLE.encode(),
    "digiKam": DIGIKAM.encode(),
    "Capture One": CAPTURE_ONE.encode(),
    "unusual": UNUSUAL.encode(),
    "line ends of Windows": ADOBE.replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + DARKTABLE.encode(),
    "padded": CAPTURE_ONE.replace("<?xpacket end", " " * 2000 + "\n<?xpacket end").encode(),
}
"""By program or manner, as files."""

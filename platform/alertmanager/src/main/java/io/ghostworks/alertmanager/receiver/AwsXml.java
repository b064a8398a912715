package io.ghostworks.alertmanager.receiver;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads answers of AWS's query APIs. */
final class AwsXml {

  private AwsXml() {}

  /** The text of the first element of a name; the absent one where there is none, or no XML. */
  static String text(String xml, String element, String absent) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals(element)) {
          String text = reader.getElementText();
          return text.isEmpty() ? absent : text;
        }
      }
      return absent;
    } catch (XMLStreamException e) {
      return absent;
    }
  }

  /** Without document types, so that nothing is expanded and nothing fetched. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}

package org.tandem.wiki.plugin.extension;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.tandem.api.document.format.Looks;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;

/** Exporters and importers of a test. */
final class Exchangers {

  private Exchangers() {}

  /** What it does. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  static Exporter exporter(String name, Writing writing) {
    return exporter(name, "Label", "text/csv; charset=utf-8", "csv", writing);
  }

  static Exporter exporter(
      String name, String label, String mediaType, String extension, Writing writing) {
    return new Exporter() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String label() {
        return label;
      }

      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public String extension() {
        return extension;
      }

      @Override
      public void export(Page page, PageContent content, Looks looks, OutputStream out)
          throws IOException {
        writing.to(out);
      }
    };
  }

  /** What it does. */
  interface Reading {
    Importer.Outcome of(byte[] file, String fileName) throws IOException;
  }

  static Importer importer(String name, List<String> extensions, Reading reading) {
    return new Importer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String label() {
        return "Label";
      }

      @Override
      public List<String> extensions() {
        return extensions;
      }

      @Override
      public Outcome read(byte[] file, String fileName) throws IOException {
        return reading.of(file, fileName);
      }
    };
  }
}

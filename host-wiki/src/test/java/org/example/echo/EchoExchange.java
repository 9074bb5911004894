package org.example.echo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Looks;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.PluginContext;

/** Gives a page's title back, takes a file as its text, and has pages found that are echoed. */
final class EchoExchange implements Exporter, Importer, SearchText {

  static void register(PluginContext context) {
    EchoExchange echo = new EchoExchange();
    context.register((Exporter) echo);
    context.register((Importer) echo);
    context.register((SearchText) echo);
  }

  @Override
  public String name() {
    return "echo-file";
  }

  @Override
  public String label() {
    return "Echo";
  }

  @Override
  public String mediaType() {
    return "text/plain; charset=utf-8";
  }

  @Override
  public String extension() {
    return "echo";
  }

  @Override
  public List<String> extensions() {
    return List.of("echo");
  }

  @Override
  public void export(Page page, PageContent content, Looks looks, OutputStream out)
      throws IOException {
    out.write(("echo " + page.title()).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Outcome read(byte[] file, String fileName) {
    String text = new String(file, StandardCharsets.UTF_8);
    return new Outcome.Imported("Echo of " + fileName, Delta.builder().insert(text + "\n").build());
  }

  @Override
  public String words(PageId page, Delta document) {
    return "echoedpage";
  }
}

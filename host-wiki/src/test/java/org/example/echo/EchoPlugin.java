package org.example.echo;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.host.SocketRoute;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MetricsText;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;

/** Serves calls and a socket below /api/echo, and brings an editor and a figure. */
public final class EchoPlugin implements Plugin {

  private static final AtomicInteger STARTS = new AtomicInteger();

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    if (context.settings().get("echo.word").filter("refuse"::equals).isPresent()) {
      throw PluginRefusal.ofPlugin("This node has no word: set echo.word to another.");
    }
    int starts = STARTS.incrementAndGet();
    context.host().routes().servlet("echo", new EchoServlet(context, starts));
    context
        .host()
        .routes()
        .socket(
            "echo",
            request -> {
              String refuse = request.getParameter("refuse");
              return refuse == null
                  ? new SocketRoute.Answer.Accept(new Echo(), "echo.v1", 1000)
                  : new SocketRoute.Answer.Refuse(Integer.parseInt(refuse), "As you wish.");
            });
    context.register((MetricsText) () -> "echo_starts " + starts + "\n");
    context.register(new EditorFrontEnd("editor.js", List.of("editor.css")));
    context.register(new EditorModule("front/echo.js", List.of("echo.css")));
    EchoExchange.register(context);
  }

  @Override
  public void stop() {
    // What was registered is left for the host to take back.
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(
        SettingSpec.of("echo.word", "What echoes.", "nothing"),
        SettingSpec.secret("echo.secret", "What does not."));
  }

  @Override
  public List<Maintenance> maintenance() {
    return EchoMaintenance.all();
  }

  /** Sends back what comes. */
  private static final class Echo extends Endpoint {

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(
          String.class,
          (MessageHandler.Whole<String>) text -> session.getAsyncRemote().sendText("echo " + text));
    }
  }
}

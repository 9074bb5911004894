package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

/** A plugin with a format, a check and a listener beside co-editing, all as archives. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HooksTest {

  private static final String COLLAB = "collab";
  private static final String GUARD = Guard.ID;

  @Deployment(name = "somebody", testable = false)
  static Archive<?> somebody() {
    return PluginArchive.named("somebody").entry(InsideAPluginTest.Remembering.class).build();
  }

  @Deployment(name = COLLAB, managed = false, testable = false)
  static Archive<?> collab() {
    return PluginArchive.read(Path.of(System.getProperty("tandem.collab")));
  }

  @Deployment(name = GUARD, managed = false, testable = false)
  static Archive<?> guard() {
    return PluginArchive.named(GUARD).entry(Guard.class).build();
  }

  @ArquillianResource private Deployer deployer;

  private static void awaitHeard(WikiClient person, String revision) {
    Awaitility.await()
        .until(
            () ->
                person
                    .send(person.request("GET", "/api/guard/told", null))
                    .body()
                    .contains(revision));
  }

  @Test
  void aPluginTakesPartInCoEditing(@ArquillianResource URI wiki) {
    deployer.deploy(COLLAB);
    deployer.deploy(GUARD);
    WikiClient person = WikiClient.signedIn(wiki, "editor1", WikiSettings.DEMO_PASSWORD);
    PageId page = person.createPage("Guarded together");
    ScriptedClient client = ScriptedClient.join(person, page);
    client.append("word");
    client.awaitSettled();
    awaitHeard(person, page + ":1");
    Delta secret = Delta.builder().insert("secret\n").build();
    HttpResponse<String> refused = save(person, page, secret);
    assertEquals(422, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("Secrets are kept elsewhere, "), refused.body());
    Delta anna = Delta.builder().embed(GUARD, "anna", Attributes.NONE).insert("\n").build();
    assertEquals(200, save(person, page, anna).statusCode());
    awaitHeard(person, page + ":2");
    client.await("shown", self -> self.document().equals(anna));

    deployer.undeploy(GUARD);
    client.append("goes on");
    client.awaitSettled();
    assertEquals(200, save(person, page, secret).statusCode());
    @SuppressWarnings("unchecked")
    WeakReference<ClassLoader> loader =
        (WeakReference<ClassLoader>) System.getProperties().remove(Guard.LOADER);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
    client.close();
    deployer.undeploy(COLLAB);
  }

  /** Saves on top of the newest revision. */
  private static HttpResponse<String> save(WikiClient person, PageId page, Delta document) {
    String path = "/api/pages/" + page + "/content";
    String newest = "\"" + person.content(page).rev() + "\"";
    Map<String, Object> body = Map.of("ops", DeltaJson.toPlain(document));
    return person.sendUntilTaken(person.request("PUT", path, body).header("If-Match", newest));
  }
}

package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/** What becomes of pages, and of the plugin's data, when it is removed and comes back. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RemovalIT {

  private static final String CO_EDITING = "co-editing";
  private static final String CALLOUTS = "callouts";

  @ArquillianResource private Deployer deployer;

  @Deployment(name = CO_EDITING, testable = false)
  static Archive<?> coEditing() {
    return PluginArchive.coEditing();
  }

  @Deployment(name = CALLOUTS, managed = false, testable = false)
  static Archive<?> callouts() {
    return PluginArchive.read(Path.of(System.getProperty("callouts.archive")));
  }

  private static Map<String, Object> offered(WikiClient person, PageId page) {
    HttpResponse<String> answer =
        person.send(person.request("GET", "/api/callouts/people/" + page + "?q=editor2", null));
    assertEquals(200, answer.statusCode(), answer.body());
    return new JSONArray(answer.body()).getJSONObject(0).toMap();
  }

  private static Delta mentioning(Map<String, Object> mention) {
    return Delta.builder().embed(Mention.FORMAT, mention, Attributes.NONE).build();
  }

  private static int deleteData(WikiClient admin) {
    return admin
        .send(admin.request("DELETE", "/api/admin/plugins/callouts/data", null))
        .statusCode();
  }

  @Test
  @OperateOnDeployment(CO_EDITING)
  void whatStandsInPagesStaysAndTheRestGoesWhenAnAdminSaysSo(@ArquillianResource URI wiki) {
    WikiClient anna = WikiClient.demo(wiki, "editor1");
    WikiClient admin = WikiClient.demo(wiki, "admin");
    PageId page = anna.createPage("Kept");
    deployer.deploy(CALLOUTS);
    Map<String, Object> mention = offered(anna, page);
    try (ScriptedClient client = ScriptedClient.join(anna, page)) {
      client.type(mentioning(mention));
      client.awaitSettled();
      assertEquals(422, deleteData(admin), "not while it runs");

      deployer.undeploy(CALLOUTS);
      client.append(" and more");
      client.awaitSettled();
      assertEquals(Mention.in(client.document()).get(0).plain(), mention);
      assertEquals(204, deleteData(admin));

      deployer.deploy(CALLOUTS);
      client.type(mentioning(mention));
      assertTrue(
          client.awaitRefusal().startsWith("This mention was not made by the wiki"),
          "the seals of before went with the data");
      client.type(mentioning(offered(anna, page)));
      client.awaitSettled();
      assertEquals(2, Mention.in(client.document()).size());
    }
    deployer.undeploy(CALLOUTS);
  }
}

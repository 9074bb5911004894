/**
 * The test kit for plugins: the real wiki, real archives, real sockets, and people who are driven
 * by the test.
 *
 * <p>A test is one of Arquillian's. Its container is a wiki with an embedded PostgreSQL on a free
 * port, started once for all tests of a run, with the people {@code admin}, {@code editor1}, {@code
 * editor2}, {@code commenter} and {@code viewer}; its deployments are plugin archives:
 *
 * <pre>{@code
 * @ExtendWith(ArquillianExtension.class)
 * @RunAsClient
 * class GreetingTest {
 *
 *   @ArquillianResource private URI wiki;
 *
 *   @Deployment(name = "co-editing", order = 1, testable = false)
 *   static Archive<?> coEditing() {
 *     return PluginArchive.coEditing();
 *   }
 *
 *   @Deployment(order = 2, testable = false)
 *   static Archive<?> plugin() {
 *     return PluginArchive.named("greeting").entry(Greeting.class).build();
 *   }
 *
 *   @Test
 *   void twoPeopleWrite() {
 *     WikiClient anna = WikiClient.demo(wiki, "editor1");
 *     PageId page = anna.createPage("A page");
 *     try (ScriptedClient one = ScriptedClient.join(anna, page);
 *         ScriptedClient two = ScriptedClient.join(WikiClient.demo(wiki, "editor2"), page)) {
 *       one.append("hers ");
 *       two.append("and hers ");
 *       Convergence.assertWithin(Duration.ofSeconds(10), one, two);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link org.tandem.testkit.PluginArchive} makes an archive, or reads one that a build has
 *       made.
 *   <li>{@link org.tandem.testkit.WikiClient} is a person at the wiki's REST interface.
 *   <li>{@link org.tandem.testkit.ScriptedClient} is a person in the editor: she types, follows the
 *       page, and loses her connection when the test says so.
 *   <li>{@link org.tandem.testkit.Network} delays her frames and breaks her connections, by a seed.
 *   <li>{@link org.tandem.testkit.Convergence} asserts that all end with one document.
 * </ul>
 *
 * <p>A test class without {@code @RunAsClient}, and a deployment without {@code testable = false},
 * runs inside the plugin, in its class loader; {@code @ArquillianResource} fields then give it the
 * {@link org.tandem.api.host.Host} and the {@link org.tandem.api.plugin.PluginContext}.
 */
@NullMarked
package org.tandem.testkit;

import org.jspecify.annotations.NullMarked;

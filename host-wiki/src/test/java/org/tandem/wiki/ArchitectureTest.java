package org.tandem.wiki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How the parts of the wiki may depend on each other. */
@AnalyzeClasses(packages = "org.tandem.wiki", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_CO_EDITING =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.tandem.collab..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.tandem.wiki.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_SERVER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..wiki.store..",
              "..wiki.user..",
              "..wiki.space..",
              "..wiki.page..",
              "..wiki.content..",
              "..wiki.access..",
              "..wiki.search..",
              "..wiki.handbook..",
              "..wiki.audit..",
              "..wiki.maintenance..",
              "..wiki.notification..",
              "..wiki.pagesetting..",
              "..wiki.json..",
              "..wiki.gate..",
              "..wiki.rest..",
              "..wiki.view..",
              "..wiki.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tandem.wiki",
              "..wiki.auth..",
              "..wiki.plugin..",
              "..wiki.server..",
              "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule SIGNING_IN_KNOWS_NO_PLUGINS =
      noClasses()
          .that()
          .resideInAPackage("..wiki.auth..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..wiki.plugin..", "..wiki.server..");

  @ArchTest
  static final ArchRule PLUGINS_KNOW_NO_SERVER =
      noClasses()
          .that()
          .resideInAPackage("..wiki.plugin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..wiki.server..", "..wiki.auth..");

  @ArchTest
  static final ArchRule ONLY_THE_COMPOSITION_READS_SETTINGS =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.tandem.wiki", "..wiki.settings..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("WikiSettings");
}

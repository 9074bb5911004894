package org.tandem.wiki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run downwards. */
@AnalyzeClasses(packages = "org.tandem.wiki", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("org.tandem.wiki.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule WHAT_IS_STORED_KNOWS_NO_HTTP =
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
              "..wiki.handbook..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..", "jakarta.ws..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule THE_WIKI_KNOWS_NO_PLUGIN =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.tandem.collab..");
}

package org.tandem.collab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** The floors of co-editing: a package imports lower floors only. */
@AnalyzeClasses(
    packages = "org.tandem.collab",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "..branch..", "..clock..", "..protocol..", "..page..", "..session.."
  };

  @ArchTest
  static final ArchRule FLOORS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("composition")
          .definedBy("org.tandem.collab")
          .layer("adapters")
          .definedBy(
              "..transport..",
              "..maintenance..",
              "..log.hibernate..",
              "..log.resilience4j..",
              "..cluster.jgroups..",
              "..cluster.postgres..",
              "..telemetry.micrometer..")
          .layer("runtime")
          .definedBy("..runtime..")
          .layer("ports")
          .definedBy(
              "org.tandem.collab.log", "org.tandem.collab.cluster", "org.tandem.collab.telemetry")
          .layer("decisions")
          .definedBy("..page..", "..session..")
          .layer("values")
          .definedBy("..branch..", "..clock..", "..protocol..")
          .whereLayer("composition")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("adapters")
          .mayOnlyBeAccessedByLayers("composition")
          .whereLayer("runtime")
          .mayOnlyBeAccessedByLayers("adapters", "composition")
          .whereLayer("ports")
          .mayOnlyBeAccessedByLayers("runtime", "adapters", "composition")
          .whereLayer("decisions")
          .mayOnlyBeAccessedByLayers("ports", "runtime", "adapters", "composition");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("org.tandem.collab.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_CORE_DOES_NO_IO =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io..",
                      "java.nio..",
                      "java.net..",
                      "java.sql..",
                      "java.util.concurrent",
                      "jakarta..",
                      "org.slf4j..")
                  // A JSON generator declares these, also one that writes to memory.
                  .and(not(assignableTo(IOException.class)))
                  .and(not(assignableTo(UncheckedIOException.class))))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .because("time, randomness and I/O are arguments");

  @ArchTest
  static final ArchRule THE_HOST_IS_KNOWN_BY_ITS_API =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tandem.wiki..", "org.tandem.db..");

  /** The tests, too, but for the benchmark of what the wiki does with plugins' hooks. */
  @Test
  void theTestsKnowTheHostByItsApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tandem.collab.bench.hooks")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tandem.wiki..")
        .check(new ClassFileImporter().importPackages("org.tandem.collab"));
  }
}

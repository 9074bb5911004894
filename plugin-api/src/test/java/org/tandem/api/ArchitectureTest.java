package org.tandem.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Closeable;

/** The floors of the API, lowest first: delta, document, host, editor and exchange, plugin. */
@AnalyzeClasses(packages = "org.tandem.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule FLOORS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("delta")
          .definedBy("..delta..")
          .layer("document")
          .definedBy("..document..")
          .layer("host")
          .definedBy("..host..")
          .layer("editor")
          .definedBy("..editor..")
          .layer("exchange")
          .definedBy("..exchange..")
          .layer("plugin")
          .definedBy("..plugin..")
          .whereLayer("plugin")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("editor")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("exchange")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("host")
          .mayOnlyBeAccessedByLayers("editor", "exchange", "plugin")
          .whereLayer("document")
          .mayOnlyBeAccessedByLayers("host", "editor", "exchange", "plugin");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("org.tandem.api.(**)").should().beFreeOfCycles();

  /**
   * What document's package-info says: format, then tree and the live document, then how it is
   * shown.
   */
  @ArchTest
  static final ArchRule DOCUMENTS_PARTS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("format")
          .definedBy("..document.format..")
          .layer("live document")
          .definedBy("..document")
          .layer("tree")
          .definedBy("..document.tree..")
          .layer("html")
          .definedBy("..document.html..")
          .layer("markdown")
          .definedBy("..document.markdown..")
          .whereLayer("html")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("markdown")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tree")
          .mayOnlyBeAccessedByLayers("html", "markdown")
          .whereLayer("live document")
          .mayOnlyBeAccessedByLayers("html", "markdown");

  @ArchTest
  static final ArchRule NO_ARRAY_IS_PUBLISHED_BY_A_RACE =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("..document")
          .and()
          .areNotFinal()
          .and()
          .doNotHaveModifier(JavaModifier.VOLATILE)
          .should()
          .notHaveRawType(describe("an array", JavaClass::isArray))
          .because("another thread may see its content as it was before it was filled");

  @ArchTest
  static final ArchRule DOCUMENTS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("..delta..", "..document..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.util.concurrent")
          .orShould()
          .dependOnClassesThat(
              // A JSON reader of a text in memory is closed like one of a file.
              assignableTo(Closeable.class).and(not(resideInAPackage("com.fasterxml.."))))
          .because("the core does no I/O and starts no thread");
}

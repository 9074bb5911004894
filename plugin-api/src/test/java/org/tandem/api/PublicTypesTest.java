package org.tandem.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of which types the public signatures speak. The host and each plugin have libraries of their own:
 * a library's type is another one over there.
 */
@AnalyzeClasses(packages = "org.tandem.api", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicTypesTest {

  /** Where a route is registered, and where something of its request is asked for. */
  private static final Set<String> OF_REQUESTS =
      Set.of(
          "org.tandem.api.host.Routes",
          "org.tandem.api.host.SocketRoute",
          "org.tandem.api.host.SignIns",
          "org.tandem.api.host.Locales");

  @ArchTest
  static final ArchRule SIGNATURES_SPEAK_OF_THE_JDK_AND_THE_API_ALONE =
      classes().that(new Shown()).should(new SpeakOf());

  @ArchTest
  static void leaksAreFound(JavaClasses ignored) {
    for (Class<?> leak : Leaks.class.getClasses()) {
      boolean found =
          SIGNATURES_SPEAK_OF_THE_JDK_AND_THE_API_ALONE
              .evaluate(new ClassFileImporter().importClasses(Leaks.class, leak))
              .hasViolation();
      assertEquals(leak != Leaks.OfNone.class, found, leak::getName);
    }
  }

  /** Public, and so is every type around it. */
  private static final class Shown extends DescribedPredicate<JavaClass> {

    Shown() {
      super("are shown to plugins");
    }

    @Override
    public boolean test(JavaClass type) {
      return isShown(type) && type.getEnclosingClass().map(this::test).orElse(true);
    }
  }

  private static boolean isShown(HasModifiers member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static final class SpeakOf extends ArchCondition<JavaClass> {

    SpeakOf() {
      super("speak of public types of the JDK and of the API alone");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Stream.Builder<JavaType> own = Stream.builder();
      type.getSuperclass().ifPresent(own);
      type.getInterfaces().forEach(own);
      check(type, type.getName(), own.build(), type, events);
      checkBounds(type, type.getName(), type.getTypeParameters().stream(), events);
      for (JavaField field : type.getFields()) {
        if (isShown(field)) {
          check(type, field.getFullName(), Stream.of(field.getType()), field, events);
        }
      }
      for (JavaCodeUnit member : type.getCodeUnits()) {
        if (isShown(member)) {
          check(type, member, events);
        }
      }
    }

    private void check(JavaClass owner, JavaCodeUnit member, ConditionEvents events) {
      String name = member.getFullName();
      check(owner, name, Stream.of(member.getReturnType()), member, events);
      check(owner, name, member.getExceptionTypes().stream(), member, events);
      checkBounds(owner, name, member.getTypeParameters().stream(), events);
      for (JavaParameter parameter : member.getParameters()) {
        check(owner, name, Stream.of(parameter.getType()), parameter, events);
      }
    }

    private void checkBounds(
        JavaClass owner,
        String name,
        Stream<? extends JavaTypeVariable<?>> variables,
        ConditionEvents events) {
      check(owner, name, variables.flatMap(one -> one.getUpperBounds().stream()), owner, events);
    }

    private void check(
        JavaClass owner,
        String name,
        Stream<? extends JavaType> types,
        HasAnnotations<?> annotated,
        ConditionEvents events) {
      Stream<JavaClass> annotations =
          annotated.getAnnotations().stream().map(JavaAnnotation::getRawType);
      Set<JavaClass> spoken =
          Stream.concat(types.flatMap(type -> type.getAllInvolvedRawTypes().stream()), annotations)
              .collect(Collectors.toSet());
      for (JavaClass type : spoken) {
        if (!isKnownToPlugins(owner, type)) {
          events.add(SimpleConditionEvent.violated(owner, name + " speaks of " + type.getName()));
        }
      }
    }

    private static boolean isKnownToPlugins(JavaClass owner, JavaClass type) {
      String home = type.getBaseComponentType().getPackageName();
      if (home.startsWith("org.tandem.api.")) {
        return isShown(type.getBaseComponentType());
      }
      return type.getBaseComponentType().isPrimitive()
          || home.startsWith("java.")
          || home.equals("javax.sql")
          || home.equals("org.jspecify.annotations")
          || (home.startsWith("jakarta.servlet") || home.startsWith("jakarta.websocket"))
              && OF_REQUESTS.contains(outermost(owner).getName());
    }

    private static JavaClass outermost(JavaClass type) {
      return type.getEnclosingClass().map(SpeakOf::outermost).orElse(type);
    }
  }
}

package org.tandem.api.compatibility;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiField;
import japicmp.model.JApiHasChangeStatus;
import japicmp.model.JApiImplementedInterface;
import japicmp.model.JApiMethod;
import japicmp.model.JApiParameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type whose public signatures differ between two versions.
 *
 * @param type its simple name, a nested one's with those around it: {@code Op.Insert}
 * @param compatible whether all that was compiled against the old one still runs and still compiles
 * @param details what is other, a line for each member
 */
record ApiChange(String type, boolean compatible, List<String> details) {

  /** What differs. Both jars are made by {@link Signatures}. */
  static List<ApiChange> between(byte[] old, byte[] next) throws IOException {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    // Each version's classes are looked up in itself, before those that this test runs with.
    options.setClassPathMode(JarArchiveComparatorOptions.ClassPathMode.TWO_SEPARATE_CLASSPATHS);
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
    List<JApiClass> types =
        new JarArchiveComparator(options)
            .compare(
                new JApiCmpArchive(old, "old.jar", "old"),
                new JApiCmpArchive(next, "new.jar", "new"));
    Map<String, FinePrint> before = FinePrint.of(old);
    Map<String, FinePrint> after = FinePrint.of(next);
    return types.stream()
        .map(type -> of(type, finePrint(type.getFullyQualifiedName(), before, after)))
        .filter(change -> !change.details().isEmpty())
        .toList();
  }

  private static ApiChange of(JApiClass type, List<String> finePrint) {
    String name = type.getFullyQualifiedName();
    return new ApiChange(
        name.substring(name.lastIndexOf('.') + 1).replace('$', '.'),
        finePrint.isEmpty()
            && Stream.concat(Stream.of(type), behaviors(type).flatMap(ApiChange::parts))
                .allMatch(part -> part.isBinaryCompatible() && part.isSourceCompatible()),
        Stream.concat(details(type).stream(), finePrint.stream()).toList());
  }

  private static Stream<JApiBehavior> behaviors(JApiClass type) {
    return Stream.concat(type.getConstructors().stream(), type.getMethods().stream());
  }

  /** With what japicmp says of types that it does not count for the whole: their arguments. */
  private static Stream<JApiCompatibility> parts(JApiBehavior member) {
    Stream<JApiCompatibility> parts =
        Stream.concat(Stream.of(member), member.getParameters().stream());
    return member instanceof JApiMethod method
        ? Stream.concat(parts, Stream.of(method.getReturnType()))
        : parts;
  }

  private static boolean differs(JApiHasChangeStatus status, JApiCompatibility compatibility) {
    return status.getChangeStatus() != JApiChangeStatus.UNCHANGED
        || !compatibility.getCompatibilityChanges().isEmpty();
  }

  private static List<String> details(JApiClass type) {
    List<String> details = new ArrayList<>();
    if (type.getChangeStatus().isNotNewOrRemoved()) {
      for (JApiImplementedInterface parent : type.getInterfaces()) {
        add(details, parent, Stream.of(parent), parent.getFullyQualifiedName());
      }
      for (JApiField field : type.getFields()) {
        add(details, field, Stream.of(field), field.getName());
      }
      behaviors(type).forEach(member -> add(details, member, parts(member), signature(member)));
    }
    boolean byItself = details.isEmpty() || !type.getCompatibilityChanges().isEmpty();
    if (byItself && differs(type, type)) {
      details.add(0, said(type, List.of(type)));
    }
    return List.copyOf(details);
  }

  private static void add(
      List<String> details, JApiHasChangeStatus status, Stream<JApiCompatibility> of, String name) {
    List<JApiCompatibility> parts = of.toList();
    if (parts.stream().anyMatch(part -> differs(status, part))) {
      details.add(name + " " + said(status, parts));
    }
  }

  private static String signature(JApiBehavior member) {
    return member.getName()
        + member.getParameters().stream()
            .map(JApiParameter::getType)
            .map(type -> type.substring(type.lastIndexOf('.') + 1).replace('$', '.'))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** {@code removed}, {@code modified: method return type changed}. */
  private static String said(JApiHasChangeStatus status, List<JApiCompatibility> parts) {
    String reasons =
        parts.stream()
            .flatMap(part -> part.getCompatibilityChanges().stream())
            .map(change -> change.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!status.getChangeStatus().isNotNewOrRemoved()) {
      return status.getChangeStatus().name().toLowerCase(Locale.ROOT);
    }
    return reasons.isEmpty() ? "modified" : "modified: " + reasons;
  }

  private static List<String> finePrint(
      String type, Map<String, FinePrint> before, Map<String, FinePrint> after) {
    FinePrint old = before.get(type);
    FinePrint next = after.get(type);
    return old == null || next == null ? List.of() : old.differences(next);
  }
}

package org.tandem.api.compatibility;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;
import org.objectweb.asm.TypeReference;

/**
 * What japicmp does not compare, and code is compiled against all the same: what may be null, which
 * types a sealed one permits, and the values of constants.
 */
final class FinePrint extends ClassVisitor {

  /** By member; the type itself is the member without a name. */
  private final Map<String, Set<String>> lines = new TreeMap<>(Map.of("", new TreeSet<>()));

  private FinePrint() {
    super(Opcodes.ASM9);
  }

  /** The fine print of each public type, by its full name. */
  static Map<String, FinePrint> of(byte[] signatures) throws IOException {
    Map<String, FinePrint> prints = new HashMap<>();
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(signatures))) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        ClassReader reader = new ClassReader(jar.readAllBytes());
        if ((reader.getAccess() & Opcodes.ACC_PUBLIC) != 0) {
          FinePrint print = new FinePrint();
          reader.accept(print, 0);
          prints.put(reader.getClassName().replace('/', '.'), print);
        }
      }
    }
    return prints;
  }

  /** What is other of the members that both have. */
  List<String> differences(FinePrint next) {
    List<String> differences = new ArrayList<>();
    lines.forEach(
        (member, old) -> {
          Set<String> now = next.lines.getOrDefault(member, old);
          old.stream()
              .filter(line -> !now.contains(line))
              .forEach(line -> differences.add((member + " no longer " + line).strip()));
          now.stream()
              .filter(line -> !old.contains(line))
              .forEach(line -> differences.add((member + " now " + line).strip()));
        });
    return differences;
  }

  private Set<String> lines(String member) {
    return lines.computeIfAbsent(member, first -> new TreeSet<>());
  }

  @Override
  public void visitPermittedSubclass(String name) {
    lines("").add("permits " + name.substring(name.lastIndexOf('/') + 1).replace('$', '.'));
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    Set<String> field = lines(name);
    if (value != null) {
      field.add("is " + value);
    }
    return new FieldVisitor(Opcodes.ASM9) {
      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int type, @Nullable TypePath path, String annotation, boolean visible) {
        field.add(annotated("", path, annotation));
        return null;
      }
    };
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    Set<String> method = lines(name + parameters(descriptor));
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int type, @Nullable TypePath path, String annotation, boolean visible) {
        method.add(annotated(place(new TypeReference(type)), path, annotation));
        return null;
      }
    };
  }

  private static String annotated(String place, @Nullable TypePath path, String annotation) {
    String name = annotation.substring(annotation.lastIndexOf('/') + 1, annotation.length() - 1);
    return "@" + name + place + (path == null ? "" : " at " + path + " within its type");
  }

  private static String place(TypeReference type) {
    return switch (type.getSort()) {
      case TypeReference.METHOD_FORMAL_PARAMETER ->
          " parameter " + (type.getFormalParameterIndex() + 1);
      case TypeReference.METHOD_RETURN -> " result";
      default -> "";
    };
  }

  private static String parameters(String descriptor) {
    StringBuilder parameters = new StringBuilder("(");
    for (Type type : Type.getArgumentTypes(descriptor)) {
      String name = type.getClassName();
      parameters.append(parameters.length() > 1 ? ", " : "");
      parameters.append(name.substring(name.lastIndexOf('.') + 1).replace('$', '.'));
    }
    return parameters.append(")").toString();
  }
}

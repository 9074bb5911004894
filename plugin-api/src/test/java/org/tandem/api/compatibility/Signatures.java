package org.tandem.api.compatibility;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What classes show to others, as a jar: without code, and without members that only they see.
 * Equal signatures give equal bytes.
 */
final class Signatures {

  private static final int SHOWN = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

  private final Map<String, byte[]> classes = new TreeMap<>();

  private Signatures() {}

  static byte[] of(Path folder) throws IOException {
    Signatures signatures = new Signatures();
    for (Path file : classFiles(folder)) {
      ClassReader reader = new ClassReader(Files.readAllBytes(file));
      signatures.classes.put(reader.getClassName(), shown(reader));
    }
    return signatures.jar();
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static byte[] shown(ClassReader reader) {
    ClassWriter shown = new ClassWriter(0);
    reader.accept(new ShownMembers(shown), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    return shown.toByteArray();
  }

  private byte[] jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        if (isWithinShown(entry.getKey())) {
          JarEntry file = new JarEntry(entry.getKey() + ".class");
          file.setTimeLocal(java.time.LocalDate.EPOCH.withYear(2000).atStartOfDay());
          jar.putNextEntry(file);
          jar.write(entry.getValue());
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Hidden classes stay, since shown ones may inherit from them; what is nested in them goes. */
  private boolean isWithinShown(String name) {
    int nested = name.lastIndexOf('$');
    if (nested < 0) {
      return true;
    }
    String outer = name.substring(0, nested);
    byte[] outerClass = classes.get(outer);
    return outerClass != null
        && (new ClassReader(outerClass).getAccess() & Opcodes.ACC_PUBLIC) != 0
        && isWithinShown(outer);
  }

  private static final class ShownMembers extends ClassVisitor {

    ShownMembers(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return (access & SHOWN) == 0
          ? null
          : super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      return (access & SHOWN) == 0
          ? null
          : super.visitField(access, name, descriptor, signature, value);
    }
  }
}

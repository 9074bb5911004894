package org.tandem.api.compatibility;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A made-up API: the signatures of types that are given as text. */
final class Compiled {

  private static final Pattern TYPE =
      Pattern.compile("(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

  private Compiled() {}

  static byte[] signatures(String... types) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "compiled");
    List<JavaFileObject> sources = new ArrayList<>();
    for (String type : types) {
      sources.add(source(type));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler.getTask(said, null, null, List.of("-d", folder.toString()), null, sources).call();
    assertTrue(compiled, said::toString);
    return Signatures.of(folder);
  }

  private static JavaFileObject source(String type) {
    Matcher name = TYPE.matcher(type);
    assertTrue(name.find(), type);
    return new SimpleJavaFileObject(
        URI.create("string:///org/example/" + name.group(1) + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return "package org.example; " + type;
      }
    };
  }
}

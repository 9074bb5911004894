package org.tandem.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public type and member says what it is for, and every record what its components are.
 * Whether what is written is well formed, javac checks ({@code -Xdoclint}); its own rule of what is
 * missing asks for a {@code @return} where the first sentence has said it.
 */
class DocumentationTest {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  @Test
  void isThereForAllThatIsPublic() throws Exception {
    StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
    for (Path sources :
        List.of(Path.of("src", "main", "java"), Path.of("testkit", "src", "main", "java"))) {
      try (Stream<Path> all = Files.walk(sources)) {
        List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
        assertEquals(List.of(), undocumented(files.getJavaFileObjectsFromPaths(java)));
      }
    }
  }

  @Test
  void isMissedWhereItIsMissing() throws Exception {
    String source =
        """
        public class A {
          public int field; /** Said. */ protected int said; int hidden; private int own;
          public A() {} void hides() {} protected void method() {}
          /** Said. */ public interface I { void ofInterface(); }
          public interface J { /** Said. */ int said(); private void own() {} }
          /** @param a is said */ public record R(int a, int b) { public R {} }
          /** Said. */ public enum E { CONSTANT }
          class Hidden { public int field; }
          @Override public String toString() { return ""; }
        }
        """;
    assertEquals(
        List.of("A", "field", "A()", "method()", "ofInterface()", "J", "R.b", "CONSTANT"),
        undocumented(List.of(new Source(source))).stream()
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .toList());
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///A.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static List<String> undocumented(Iterable<? extends JavaFileObject> sources)
      throws Exception {
    JavacTask task =
        (JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
    Undocumented found = new Undocumented(DocTrees.instance(task));
    for (CompilationUnitTree unit : task.parse()) {
      found.scan(unit, null);
    }
    return found.lines;
  }

  private static final class Undocumented extends TreePathScanner<@Nullable Void, @Nullable Void> {

    final List<String> lines = new ArrayList<>();
    private final DocTrees docs;

    Undocumented(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!isShown(type.getModifiers())) {
        return null;
      }
      String name = type.getSimpleName().toString();
      expectComment(name);
      if (type.getKind() == Tree.Kind.RECORD) {
        expectComponents(name, type);
      }
      return super.visitClass(type, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if (isShown(method.getModifiers()) && !isCanonical(method) && !overrides(method)) {
        String name = method.getReturnType() == null ? outer() : method.getName().toString();
        expectComment(name + "()");
      }
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
      if (isShown(field.getModifiers())) {
        expectComment(field.getName().toString());
      }
      return null;
    }

    private void expectComment(String name) {
      if (docs.getDocCommentTree(getCurrentPath()) == null) {
        add(name);
      }
    }

    private void expectComponents(String name, ClassTree record) {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      Set<String> said =
          comment == null
              ? Set.of()
              : comment.getBlockTags().stream()
                  .filter(ParamTree.class::isInstance)
                  .map(tag -> ((ParamTree) tag).getName().toString())
                  .collect(Collectors.toSet());
      names(components(record)).stream()
          .filter(component -> !said.contains(component))
          .forEach(component -> add(name + "." + component));
    }

    private void add(String name) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long at = docs.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
      String file = unit.getSourceFile().getName();
      lines.add(
          file.substring(file.lastIndexOf('/') + 1)
              + ":"
              + unit.getLineMap().getLineNumber(at)
              + " "
              + name);
    }

    private boolean isShown(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      boolean ofInterface = enclosing() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
      return ofInterface || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private Tree.Kind enclosing() {
      TreePath parent = getCurrentPath().getParentPath();
      return parent.getLeaf().getKind();
    }

    private String outer() {
      return ((ClassTree) getCurrentPath().getParentPath().getLeaf()).getSimpleName().toString();
    }

    /** It is what its record's comment says. */
    private boolean isCanonical(MethodTree method) {
      if (method.getReturnType() != null || enclosing() != Tree.Kind.RECORD) {
        return false;
      }
      ClassTree record = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      return names(method.getParameters().stream()).equals(names(components(record)));
    }

    private static Stream<VariableTree> components(ClassTree record) {
      return record.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
    }

    private static List<String> names(Stream<? extends VariableTree> variables) {
      return variables.map(variable -> variable.getName().toString()).toList();
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }
}

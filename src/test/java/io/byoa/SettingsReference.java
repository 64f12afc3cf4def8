package io.byoa;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * All settings as the sources declare them: the {@code *Config} interfaces, and what the shipped
 * properties say.
 */
final class SettingsReference {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
  private static final String BEGIN = "# What an operator sets";
  private static final String END = "# --- End of what an operator sets.";
  private static final Pattern PROPERTY = Pattern.compile("#?([a-z][a-z0-9.-]*)=(.*)");

  private SettingsReference() {}

  /**
   * A group of settings.
   *
   * @param title a sentence
   */
  record Section(String title, List<Setting> settings) {}

  /**
   * One setting.
   *
   * @param property its name in a properties file
   * @param fallback what counts when it is absent; empty for nothing
   */
  record Setting(String property, String type, String fallback, String meaning) {

    /** Its name in the environment. */
    String variable() {
      return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
    }
  }

  /** Those of the shipped properties first, then each interface's, by prefix. */
  static List<Section> read() throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("The server, its database and its logs.", ofProperties()));
    List<Section> features = new ArrayList<>(ofInterfaces());
    features.sort((a, b) -> first(a).compareTo(first(b)));
    sections.addAll(features);
    return sections;
  }

  private static String first(Section section) {
    return section.settings().getFirst().property();
  }

  private static List<Setting> ofProperties() throws IOException {
    List<Setting> settings = new ArrayList<>();
    StringBuilder meaning = new StringBuilder();
    List<String> lines = Files.readAllLines(PROPERTIES);
    int start = lines.stream().takeWhile(line -> !line.startsWith(BEGIN)).toList().size();
    for (String line : lines.subList(start, lines.size())) {
      Matcher property = PROPERTY.matcher(line);
      if (line.equals(END)) {
        return settings;
      } else if (property.matches()) {
        String fallback = property.group(2);
        settings.add(
            new Setting(property.group(1), typeOf(fallback), fallback, meaning.toString().strip()));
        meaning.setLength(0);
      } else if (line.startsWith("#")) {
        meaning.append(line.substring(1));
      } else {
        meaning.setLength(0);
      }
    }
    throw new IllegalStateException(PROPERTIES + " has no line '" + END + "'");
  }

  private static String typeOf(String fallback) {
    if (fallback.matches("\\d+")) {
      return "number";
    }
    return fallback.matches("true|false") ? "`true` or `false`" : "text";
  }

  private static List<Section> ofInterfaces() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Section> sections = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith("Config.java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree tree) {
            new Reading(docs, unit).section(tree).ifPresent(sections::add);
          }
        }
      }
    }
    return sections;
  }

  /** Reads one source file. */
  private record Reading(DocTrees docs, CompilationUnitTree unit) {

    Optional<Section> section(ClassTree type) {
      return argument(type.getModifiers().getAnnotations(), "ConfigMapping")
          .map(prefix -> new Section(sentence(doc(type)), settings(type, prefix)));
    }

    private List<Setting> settings(ClassTree type, String prefix) {
      List<Setting> settings = new ArrayList<>();
      for (Tree member : type.getMembers()) {
        if (member instanceof MethodTree method) {
          String property = property(method, prefix);
          String returned = Objects.requireNonNull(method.getReturnType()).toString();
          Optional<ClassTree> group = nested(type, returned);
          if (group.isPresent()) {
            settings.addAll(settings(group.get(), property));
          } else {
            settings.add(
                new Setting(
                    property,
                    words(returned),
                    argument(method.getModifiers().getAnnotations(), "WithDefault").orElse(""),
                    text(doc(method))));
          }
        }
      }
      return settings;
    }

    private static Optional<ClassTree> nested(ClassTree type, String name) {
      return type.getMembers().stream()
          .filter(ClassTree.class::isInstance)
          .map(ClassTree.class::cast)
          .filter(inner -> inner.getSimpleName().contentEquals(name))
          .findFirst();
    }

    private static String property(MethodTree method, String prefix) {
      var annotations = method.getModifiers().getAnnotations();
      if (annotations.stream()
          .anyMatch(a -> a.getAnnotationType().toString().equals("WithParentName"))) {
        return prefix;
      }
      return prefix
          + "."
          + argument(annotations, "WithName")
              .orElseGet(() -> StringUtil.skewer(method.getName().toString()));
    }

    private static Optional<String> argument(
        List<? extends AnnotationTree> annotations, String name) {
      return annotations.stream()
          .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
          .map(annotation -> annotation.getArguments().getFirst())
          .map(argument ->
              argument instanceof AssignmentTree named ? named.getExpression() : argument)
          .map(argument -> String.valueOf(((LiteralTree) argument).getValue()))
          .findFirst();
    }

    private @Nullable String doc(Tree tree) {
      return docs.getDocComment(TreePath.getPath(unit, tree));
    }

    private static String sentence(@Nullable String doc) {
      String text = text(doc);
      int colon = text.indexOf(": `byoa");
      return colon < 0 ? text : text.substring(0, colon) + ".";
    }

    private static String text(@Nullable String doc) {
      return doc == null
          ? ""
          : doc.replaceAll("\\{@code ([^}]*)}", "`$1`")
              .replaceAll("\\{@link #(\\w+)\\(?\\)?}", "`$1`")
              .replaceAll("<p>", "")
              .replaceAll("\\s+", " ")
              .strip();
    }

    private static String words(String type) {
      String inner = type.replaceFirst("^Optional<(.*)>$", "$1");
      return switch (inner) {
        case "String" -> "text";
        case "int", "long", "OptionalInt", "OptionalLong" -> "number";
        case "boolean" -> "`true` or `false`";
        case "Path" -> "folder";
        case "URI" -> "address";
        case "Duration" -> "time";
        case "Retention" -> "time or `off`";
        case "MemorySize" -> "size";
        case "List<String>", "List<Path>" -> "list";
        default -> throw new IllegalStateException("No words for the type " + type);
      };
    }
  }
}

package io.weft.mpi.dropin;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program can be written to, or was compiled to, of the {@code mpi} package: read from byte
 * code, so that nothing is loaded. A line for each class and member.
 *
 * <p>Of final classes that is what is public. Of others it is also what is protected, where a
 * program is meant to extend them: {@code Struct}, {@code Struct.Data} and {@code UserFunction}.
 * The constructors and fields that {@code Comm}, {@code Intracomm} and {@code Request} have for
 * their own subclasses take C handles, and are of no use elsewhere.
 *
 * @param classes the public classes
 * @param methods their methods, those that the compiler adds for overriding too: programs are
 *     compiled to them
 * @param constructors their constructors
 * @param fields their fields, with the value where the compiler copies it into programs
 */
record Surface(
    TreeSet<String> classes,
    TreeSet<String> methods,
    TreeSet<String> constructors,
    TreeSet<String> fields) {
  /** How a method works; nothing that a caller could tell. */
  private static final int WORKINGS =
      Modifier.NATIVE | Modifier.SYNCHRONIZED | Modifier.STRICT | ClassFile.ACC_VARARGS;

  /** {@code ACC_SUPER}, which has the bit of synchronized. */
  private static final int CLASS_WORKINGS = ClassFile.ACC_SUPER;

  private static final List<String> EXTENDED =
      List.of("mpi/Struct", "mpi/Struct$Data", "mpi/UserFunction");

  /**
   * Reads the package.
   *
   * @param place a jar, or a folder of classes
   */
  static Surface of(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return read(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return read(jar.getPath("/"));
    }
  }

  private static Surface read(Path root) throws IOException {
    Surface result =
        new Surface(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    List<Path> files;
    try (Stream<Path> found = Files.list(root.resolve("mpi"))) {
      files = found.filter(each -> each.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      result.add(ClassFile.of().parse(file));
    }
    return result;
  }

  private void add(ClassModel model) {
    String name = model.thisClass().asInternalName();
    int flags =
        model
            .findAttribute(Attributes.innerClasses())
            .flatMap(
                inner ->
                    inner.classes().stream()
                        .filter(each -> each.innerClass().asInternalName().equals(name))
                        .findFirst())
            .map(info -> info.flagsMask())
            .orElse(model.flags().flagsMask() & ~CLASS_WORKINGS);
    if (!Modifier.isPublic(flags)) {
      return;
    }
    String above = model.superclass().map(ClassEntry::asInternalName).orElse("nothing");
    String interfaces =
        model.interfaces().stream()
            .map(ClassEntry::asInternalName)
            .collect(Collectors.joining(" "));
    String generic =
        model
            .findAttribute(Attributes.signature())
            .map(each -> " " + each.signature().stringValue())
            .orElse("");
    classes.add(
        Modifier.toString(flags)
            + " "
            + name
            + " extends "
            + above
            + " implements "
            + interfaces
            + generic);
    for (MethodModel method : model.methods()) {
      if (isVisible(name, method.flags().flagsMask())) {
        boolean constructor = method.methodName().equalsString("<init>");
        (constructor ? constructors : methods).add(line(name, method));
      }
    }
    for (FieldModel field : model.fields()) {
      if (isVisible(name, field.flags().flagsMask())) {
        fields.add(line(name, field));
      }
    }
  }

  /** What is in this or in another. */
  Surface and(Surface other) {
    return new Surface(
        union(classes, other.classes),
        union(methods, other.methods),
        union(constructors, other.constructors),
        union(fields, other.fields));
  }

  private static TreeSet<String> union(TreeSet<String> one, TreeSet<String> two) {
    TreeSet<String> result = new TreeSet<>(one);
    result.addAll(two);
    return result;
  }

  private static boolean isVisible(String name, int flags) {
    return Modifier.isPublic(flags) || Modifier.isProtected(flags) && EXTENDED.contains(name);
  }

  private static String line(String name, MethodModel method) {
    int flags = method.flags().flagsMask();
    boolean bridge = (flags & ClassFile.ACC_BRIDGE) != 0;
    int told = flags & ~WORKINGS & ~ClassFile.ACC_BRIDGE & ~ClassFile.ACC_SYNTHETIC;
    String thrown =
        method
            .findAttribute(Attributes.exceptions())
            .map(
                each ->
                    each.exceptions().stream()
                        .map(ClassEntry::asInternalName)
                        .sorted()
                        .collect(Collectors.joining(" ", " throws ", "")))
            .orElse("");
    String generic =
        method
            .findAttribute(Attributes.signature())
            .map(each -> " " + each.signature().stringValue())
            .orElse("");
    String types =
        method.methodTypeSymbol().parameterList().stream()
            .map(ClassDesc::displayName)
            .collect(Collectors.joining(", ", "(", ")"));
    return Modifier.toString(told)
        + (bridge ? " bridge " : " ")
        + method.methodTypeSymbol().returnType().displayName()
        + " "
        + name
        + "."
        + method.methodName().stringValue()
        + types
        + thrown
        + generic;
  }

  private static String line(String name, FieldModel field) {
    String value =
        field
            .findAttribute(Attributes.constantValue())
            .map(each -> " = " + each.constant().constantValue())
            .orElse("");
    return Modifier.toString(field.flags().flagsMask())
        + " "
        + field.fieldTypeSymbol().displayName()
        + " "
        + name
        + "."
        + field.fieldName().stringValue()
        + value;
  }

  /**
   * How another surface differs.
   *
   * @return a line for each difference, that begins with {@code missing} or {@code extra}
   */
  List<String> differences(Surface other) {
    List<String> result = new ArrayList<>();
    compare(classes, other.classes, result);
    compare(methods, other.methods, result);
    compare(constructors, other.constructors, result);
    compare(fields, other.fields, result);
    return result;
  }

  private static void compare(TreeSet<String> wanted, TreeSet<String> there, List<String> result) {
    wanted.stream()
        .filter(each -> !there.contains(each))
        .map(each -> "missing: " + each)
        .forEach(result::add);
    there.stream()
        .filter(each -> !wanted.contains(each))
        .map(each -> "extra: " + each)
        .forEach(result::add);
  }
}

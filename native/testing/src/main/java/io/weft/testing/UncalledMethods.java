package io.weft.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The public methods and constructors of a package that no test calls: read from the tests' byte
 * code, in whose constant pools every method stands that they call or refer to. What a test does
 * with it is the test's matter.
 */
public final class UncalledMethods {
  private static final Set<String> OF_RECORDS =
      Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;");

  /** By name and descriptor, of each class: its public methods. */
  private final Map<String, Set<String>> declared = new HashMap<>();

  private final Map<String, String> superclasses = new HashMap<>();

  /** Public classes, and what they inherit from. */
  private final Set<String> reachable = new HashSet<>();

  /** Default methods, too, are reached through interfaces. */
  private final Map<String, List<String>> interfaces = new HashMap<>();

  private UncalledMethods() {}

  /**
   * Lists them. Left out are abstract ones, which others implement; what the compiler writes for
   * enumerations and records; and {@code main}, which is started and not called.
   *
   * @param of a class of the package
   * @param test a class of the package with the tests
   * @return names and descriptors
   * @throws IOException if the classes do not lie in folders, or cannot be read
   */
  public static List<String> of(Class<?> of, Class<?> test) throws IOException {
    return new UncalledMethods().find(classes(of), classes(test));
  }

  private List<String> find(List<ClassModel> library, List<ClassModel> tests) throws IOException {
    for (ClassModel each : library) {
      declare(each);
    }
    for (ClassModel each : library) {
      if (Modifier.isPublic(each.flags().flagsMask())) {
        for (String at = name(each); at != null; at = superclasses.get(at)) {
          reachable.add(at);
        }
      }
    }
    if (declared.isEmpty() || tests.isEmpty()) {
      throw new IOException("no classes were found");
    }
    for (ClassModel each : tests) {
      inherits(each);
    }
    Set<String> called = new TreeSet<>();
    for (ClassModel each : tests) {
      // What a test overrides is there to be called by the library.
      for (MethodModel method : each.methods()) {
        called.add(found(superclass(each), signature(method)));
        for (String of : interfaces.get(name(each))) {
          called.add(found(of, signature(method)));
        }
      }
      for (PoolEntry entry : each.constantPool()) {
        if (entry instanceof MemberRefEntry method) {
          called.add(
              found(
                  method.owner().asInternalName(),
                  method.name().stringValue() + method.type().stringValue()));
        }
      }
    }
    Set<String> missing = new TreeSet<>();
    declared.forEach(
        (name, methods) ->
            methods.stream()
                .filter(method -> reachable.contains(name))
                .map(each -> name + "." + each)
                .filter(each -> !called.contains(each))
                .forEach(missing::add));
    return List.copyOf(missing);
  }

  private static List<ClassModel> classes(Class<?> of) throws IOException {
    Path root = Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path folder = root.resolve(of.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> each.toString().endsWith(".class"))
          .map(UncalledMethods::parsed)
          .toList();
    }
  }

  private static ClassModel parsed(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String name(ClassModel model) {
    return model.thisClass().asInternalName();
  }

  private static String superclass(ClassModel model) {
    return model.superclass().map(ClassEntry::asInternalName).orElse("");
  }

  private static String signature(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  private void inherits(ClassModel model) {
    superclasses.put(name(model), superclass(model));
    interfaces.put(
        name(model), model.interfaces().stream().map(ClassEntry::asInternalName).toList());
  }

  private void declare(ClassModel model) {
    String name = name(model);
    inherits(model);
    Set<String> methods = new TreeSet<>();
    int ofClass = model.flags().flagsMask();
    for (MethodModel method : model.methods()) {
      int flags = method.flags().flagsMask();
      String signature = signature(method);
      boolean ofEveryEnum =
          (ofClass & ClassFile.ACC_ENUM) != 0
              && (signature.startsWith("values()") || signature.startsWith("valueOf("));
      boolean ofEveryRecord =
          superclass(model).equals("java/lang/Record") && OF_RECORDS.contains(signature);
      if (Modifier.isPublic(flags)
          && (flags & ClassFile.ACC_SYNTHETIC) == 0
          && !Modifier.isAbstract(flags)
          && !ofEveryEnum
          && !ofEveryRecord
          && !signature.equals("main([Ljava/lang/String;)V")) {
        methods.add(signature);
      }
    }
    declared.put(name, methods);
  }

  /** The class that declares what a call of a method of a class reaches. */
  private String found(String owner, String method) {
    for (String at = owner; at != null; at = superclasses.get(at)) {
      if (declared.getOrDefault(at, Set.of()).contains(method)) {
        return at + "." + method;
      }
    }
    return owner + "." + method;
  }
}

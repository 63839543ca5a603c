package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mpi.MPI;
import org.junit.jupiter.api.Test;

/**
 * Every public method and constructor of the drop-in is called by a test: read from the tests' byte
 * code, in whose constant pools every method stands that they call or refer to. What a test does
 * with it is the test's matter.
 */
class CoverageTest {
  /** By name and descriptor, of each class: the methods that are public and written by hand. */
  private final Map<String, Set<String>> declared = new HashMap<>();

  private final Map<String, String> superclasses = new HashMap<>();

  @Test
  void everyPublicMethodIsCalledByATest() throws Exception {
    for (ClassModel each : classes(MPI.class, "mpi")) {
      declare(each);
    }
    assertTrue(declared.size() > 40, declared.keySet()::toString);
    Set<String> called = new TreeSet<>();
    for (ClassModel each : classes(CoverageTest.class, "io/weft/mpi/dropin")) {
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
                .map(each -> name + "." + each)
                .filter(each -> !called.contains(each))
                .forEach(missing::add));
    assertEquals(List.of(), List.copyOf(missing));
  }

  private static List<ClassModel> classes(Class<?> of, String folder) throws Exception {
    Path root = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .filter(each -> each.toString().endsWith(".class"))
          .map(CoverageTest::parsed)
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

  private void declare(ClassModel model) {
    String name = model.thisClass().asInternalName();
    superclasses.put(name, model.superclass().map(ClassEntry::asInternalName).orElse(""));
    Set<String> methods = new TreeSet<>();
    for (MethodModel method : model.methods()) {
      int flags = method.flags().flagsMask();
      if (Modifier.isPublic(flags) && (flags & ClassFile.ACC_SYNTHETIC) == 0) {
        methods.add(method.methodName().stringValue() + method.methodType().stringValue());
      }
    }
    if (Modifier.isPublic(model.flags().flagsMask())) {
      declared.put(name, methods);
    }
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

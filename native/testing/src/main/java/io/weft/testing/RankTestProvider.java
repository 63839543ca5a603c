package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Makes a test of each method and cell; {@link RankTest} names it to JUnit. */
public final class RankTestProvider implements TestTemplateInvocationContextProvider {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RankTestProvider.class);

  /** JUnit makes one. */
  public RankTestProvider() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), RankTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    RankMethods.check(testClass);
    ClassRun run = run(context, testClass);
    String method = context.getRequiredTestMethod().getName();
    return cells(settings(testClass)).stream()
        .filter(cell -> run.sample().holds(cell, method))
        .map(cell -> new CellInvocation(run, cell));
  }

  private static List<Cell> cells(MultiRank settings) {
    List<Cell> cells = new ArrayList<>();
    for (MpiVendor mpi : settings.mpis()) {
      for (Variant variant : variants(settings, mpi)) {
        for (int ranks : settings.ranks()) {
          cells.add(new Cell(mpi, variant, ranks));
        }
      }
    }
    return cells;
  }

  private static List<Variant> variants(MultiRank settings, MpiVendor mpi) {
    if (settings.variants().length > 0) {
      return Arrays.stream(settings.variants()).map(Variant::of).toList();
    }
    return ReflectionSupport.newInstance(settings.variantProvider()).variants(mpi);
  }

  private static MultiRank settings(Class<?> testClass) {
    return AnnotationSupport.findAnnotation(testClass, MultiRank.class)
        .orElseThrow(
            () ->
                new ExtensionConfigurationException(
                    testClass.getName() + " has @RankTest methods and no @MultiRank"));
  }

  /** The class's jobs, which JUnit closes when the class is done. */
  private static ClassRun run(ExtensionContext context, Class<?> testClass) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass
        .getStore(NAMESPACE)
        .computeIfAbsent(
            testClass,
            key -> {
              try {
                return new ClassRun(
                    testClass, settings(testClass), context::getConfigurationParameter);
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            },
            ClassRun.class);
  }
}

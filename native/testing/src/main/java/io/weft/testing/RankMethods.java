package io.weft.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The methods that ranks run, found alike by JUnit's JVM and by the ranks. */
final class RankMethods {
  private static final List<Class<? extends Annotation>> LIFE_CYCLE =
      List.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class);

  private RankMethods() {}

  /** All of a class, in the order in which they run. */
  static List<Method> of(Class<?> testClass) {
    List<Method> methods = new ArrayList<>(annotated(testClass, RankTest.class));
    methods.removeIf(method -> AnnotationSupport.isAnnotated(method, Disabled.class));
    methods.sort(Comparator.comparingInt(RankMethods::order).thenComparing(Method::getName));
    return methods;
  }

  private static int order(Method method) {
    return AnnotationSupport.findAnnotation(method, Order.class)
        .map(Order::value)
        .orElse(Order.DEFAULT);
  }

  /** Refuses what would look as if it worked. */
  static void check(Class<?> testClass) {
    Set<String> names = new HashSet<>();
    for (Method method : of(testClass)) {
      if (!names.add(method.getName())) {
        throw refusal(testClass, "has two @RankTest methods named " + method.getName());
      }
      for (Class<?> type : method.getParameterTypes()) {
        if (type != RankContext.class) {
          throw refusal(testClass, "has @RankTest method " + method + " that takes a " + type);
        }
      }
    }
    for (Class<? extends Annotation> annotation : LIFE_CYCLE) {
      for (Method method : annotated(testClass, annotation)) {
        throw refusal(
            testClass,
            "has @"
                + annotation.getSimpleName()
                + " method "
                + method.getName()
                + ", which no rank would run; implement RankFixture");
      }
    }
  }

  private static ExtensionConfigurationException refusal(Class<?> testClass, String text) {
    return new ExtensionConfigurationException(testClass.getName() + " " + text);
  }

  private static List<Method> annotated(
      Class<?> testClass, Class<? extends Annotation> annotation) {
    return AnnotationSupport.findAnnotatedMethods(
        testClass, annotation, HierarchyTraversalMode.TOP_DOWN);
  }
}

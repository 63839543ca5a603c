package io.weft.testing;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One method on one cell as a test of JUnit's: looks up what the ranks said. */
record CellInvocation(ClassRun run, Cell cell)
    implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {
  @Override
  public String getDisplayName(int invocationIndex) {
    return cell.displayName();
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RankContext.class;
  }

  /** Nothing: the method is not called here. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return null;
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    invocation.skip();
    String name = method.getExecutable().getName();
    switch (run.verdict(cell, name)) {
      case Verdict.Passed _ -> {
        // A test that returns has passed.
      }
      case Verdict.Skipped(String reason) -> {
        String test = context.getRequiredTestClass().getSimpleName() + "." + name;
        System.out.println("[skipped] " + test + ", " + cell.displayName() + ": " + reason);
        throw new TestAbortedException(reason);
      }
      case Verdict.Failed(String message, List<StackTraceElement> frames) -> {
        AssertionFailedError error = new AssertionFailedError(message);
        // Those of the rank: an IDE then leads to the line that failed.
        error.setStackTrace(frames.toArray(StackTraceElement[]::new));
        throw error;
      }
    }
  }
}

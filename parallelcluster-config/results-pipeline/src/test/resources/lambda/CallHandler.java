import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.nio.file.Path;

/** Makes and calls a handler as AWS Lambda does: by its name, event in, answer out. Says where its class came from. */
class CallHandler {
  public static void main(String[] arguments) throws Exception {
    Class<?> handler = Class.forName(arguments[0]);
    System.err.println(
        "from " + Path.of(handler.getProtectionDomain().getCodeSource().getLocation().toURI()));
    ((RequestStreamHandler) handler.getConstructor().newInstance())
        .handleRequest(System.in, System.out, null);
  }
}

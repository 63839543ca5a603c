package io.weft.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sends nothing: keeps each request and answers it with an empty object. */
final class RecordingHttpClient implements SdkHttpClient {
  private final List<String> urls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  List<String> urls() {
    return List.copyOf(urls);
  }

  List<String> bodies() {
    return List.copyOf(bodies);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        urls.add(request.httpRequest().method() + " " + request.httpRequest().getUri());
        bodies.add(body(request));
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(200)
                    .putHeader("Content-Type", "application/json")
                    .build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(empty)))
            .build();
      }

      @Override
      public void abort() {
        // Nothing is under way.
      }
    };
  }

  private static String body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return "{}";
    }
    try (InputStream stream = request.contentStreamProvider().get().newStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

package io.weft.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weft.cli.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A server that answers as the API references of AWS Batch, CloudWatch Logs and SNS say: what is
 * queued for an operation, in order, the last one for ever. Keeps what it was asked.
 */
final class AwsStub implements AutoCloseable {
  /** A request that came. */
  record Request(String operation, JsonNode body) {}

  private record Answer(int status, String errorType, String body) {}

  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final HttpServer server;

  AwsStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Queues an answer; quotes may be single ones. */
  synchronized AwsStub answer(String operation, String body) {
    return queue(operation, new Answer(200, null, body.replace('\'', '"')));
  }

  /** Answers so from now on, whatever was queued. */
  synchronized AwsStub answerNow(String operation, String body) {
    answers.remove(operation);
    return answer(operation, body);
  }

  /** Queues an error of REST-JSON. */
  synchronized AwsStub error(String operation, int status, String type, String message) {
    return queue(operation, new Answer(status, type, "{\"message\":\"" + message + "\"}"));
  }

  /** Queues an error whose kind its text says. */
  synchronized AwsStub failure(String operation, int status, String body) {
    return queue(operation, new Answer(status, null, body.replace('\'', '"')));
  }

  private AwsStub queue(String operation, Answer answer) {
    answers.computeIfAbsent(operation, each -> new ArrayDeque<>()).add(answer);
    return this;
  }

  synchronized List<Request> requests(String operation) {
    return requests.stream().filter(each -> each.operation().equals(operation)).toList();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String path = exchange.getRequestURI().getPath();
    // Batch has a path for each operation, CloudWatch Logs a header, SNS a form.
    String operation =
        target != null
            ? target.substring(target.indexOf('.') + 1)
            : path.length() > 1
                ? path.substring(path.lastIndexOf('/') + 1)
                : text.replaceFirst("(?s).*Action=(\\w+).*", "$1");
    requests.add(new Request(operation, text.startsWith("{") ? Json.MAPPER.readTree(text) : null));
    Deque<Answer> queue = answers.getOrDefault(operation, new ArrayDeque<>());
    Answer answer =
        queue.isEmpty()
            ? new Answer(500, "NotPrepared", "{\"message\":\"no answer for " + operation + "\"}")
            : queue.size() == 1 ? queue.peek() : queue.poll();
    if (answer.errorType() != null) {
      exchange.getResponseHeaders().set("X-Amzn-ErrorType", answer.errorType());
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

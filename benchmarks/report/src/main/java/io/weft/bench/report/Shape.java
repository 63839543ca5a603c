package io.weft.bench.report;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Holds JSON against the records that it is to become: each member is there, none is unknown, and
 * each is of its type. The first that is not is named by its place.
 */
final class Shape {
  private final Path file;
  private final String toDo;

  Shape(Path file, String toDo) {
    this.file = file;
    this.toDo = toDo;
  }

  void check(JsonNode node, Type type, String place) {
    if (type instanceof ParameterizedType generic) {
      checkGeneric(node, generic, place);
      return;
    }
    Class<?> kind = (Class<?>) type;
    if (kind == Percentiles.class && node.isNull()) {
      return; // Not every benchmark times single operations.
    }
    if (kind.isRecord()) {
      checkRecord(node, kind, place);
    } else if (kind.isEnum()) {
      List<String> words = Arrays.stream(kind.getEnumConstants()).map(Object::toString).toList();
      require(
          node.isString() && words.contains(node.stringValue()),
          node,
          place,
          "one of " + String.join(", ", words));
    } else if (kind == String.class) {
      require(node.isString(), node, place, "a text");
    } else if (kind == boolean.class) {
      require(node.isBoolean(), node, place, "true or false");
    } else if (kind == double.class || kind == Double.class) {
      require(node.isNumber(), node, place, "a number");
    } else {
      boolean fits = kind == int.class ? node.canConvertToInt() : node.canConvertToLong();
      require(node.isIntegralNumber() && fits, node, place, "a whole number");
    }
  }

  private void checkRecord(JsonNode node, Class<?> kind, String place) {
    require(node.isObject(), node, place, "an object");
    for (RecordComponent member : kind.getRecordComponents()) {
      String name = member.getName();
      if (!node.has(name)) {
        throw refused("lacks " + inside(place, name));
      }
      check(node.get(name), member.getGenericType(), inside(place, name));
    }
    Set<String> known =
        Arrays.stream(kind.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw refused("has " + inside(place, name) + ", which this version does not know");
      }
    }
  }

  private void checkGeneric(JsonNode node, ParameterizedType type, String place) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == Map.class) {
      require(node.isObject(), node, place, "an object");
      node.properties().forEach(e -> check(e.getValue(), of[1], inside(place, e.getKey())));
      return;
    }
    require(node.isArray(), node, place, "a list");
    for (int i = 0; i < node.size(); i++) {
      check(node.get(i), of[0], place + "[" + i + "]");
    }
  }

  private static String inside(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private void require(boolean good, JsonNode node, String place, String wanted) {
    if (!good) {
      String found = node.isContainer() ? node.isArray() ? "a list" : "an object" : "" + node;
      throw refused("has %s where %s is to be %s".formatted(found, place, wanted));
    }
  }

  private ResultFileException refused(String wrong) {
    return new ResultFileException(file, wrong, toDo);
  }
}

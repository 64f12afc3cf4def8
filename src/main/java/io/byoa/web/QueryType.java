package io.byoa.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one query parameter is read; the rules of JAX-RS, asked beforehand so that all wrong values
 * are told at once and as 400.
 *
 * @param type the type of one value
 * @param repeatable whether the parameter may be given several times
 */
record QueryType(Class<?> type, boolean repeatable) {

  static QueryType of(Type declared) {
    if (declared instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw) {
      Type argument = generic.getActualTypeArguments()[0];
      Class<?> element = argument instanceof Class<?> known ? known : String.class;
      return new QueryType(element, Collection.class.isAssignableFrom(raw));
    }
    Class<?> type = declared instanceof Class<?> known ? known : String.class;
    return type.isArray() ? new QueryType(type.componentType(), true) : new QueryType(type, false);
  }

  /** Why this value cannot be read, as a sentence; empty when it can. */
  Optional<String> refusal(String value) {
    if (value.isEmpty()) {
      // The framework would take it for absent, and a filter that filters nothing surprises.
      return Optional.of("It has no value; give it one, or leave it out.");
    }
    if (type == String.class) {
      return value.indexOf('\0') >= 0
          ? Optional.of("A parameter cannot contain U+0000.")
          : Optional.empty();
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return number(value);
    }
    if (type == boolean.class || type == Boolean.class) {
      return value.equals("true") || value.equals("false")
          ? Optional.empty()
          : Optional.of("'" + value + "' is neither true nor false.");
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
              .anyMatch(known -> known.toString().equals(value))
          ? Optional.empty()
          : Optional.of(
              Arrays.stream(type.getEnumConstants())
                  .map(Object::toString)
                  .collect(Collectors.joining(", ", "'" + value + "' is not one of ", ".")));
    }
    return convert(value);
  }

  private Optional<String> number(String value) {
    try {
      if (type == int.class || type == Integer.class) {
        Integer.parseInt(value);
      } else {
        Long.parseLong(value);
      }
      return Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.of("'" + value + "' is not a whole number, or out of range.");
    }
  }

  /** As JAX-RS does it: a static fromString or valueOf, or a constructor of one string. */
  private Optional<String> convert(String value) {
    try {
      Method factory = factory("fromString");
      factory = factory == null ? factory("valueOf") : factory;
      factory = factory == null ? factory("parse") : factory;
      if (factory != null) {
        factory.invoke(null, value);
        return Optional.empty();
      }
      Constructor<?> constructor = type.getConstructor(String.class);
      constructor.newInstance(value);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      String why = e.getCause() == null ? null : e.getCause().getMessage();
      return Optional.of(why == null ? "'" + value + "' cannot be read." : why);
    } catch (ReflectiveOperationException _) {
      return Optional.empty(); // Read by a converter of its own, which will say.
    }
  }

  private @Nullable Method factory(String name) {
    for (Method method : type.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (method.getName().equals(name)
          && Modifier.isStatic(method.getModifiers())
          && parameters.length == 1
          && parameters[0].isAssignableFrom(String.class)) {
        return method;
      }
    }
    return null;
  }
}

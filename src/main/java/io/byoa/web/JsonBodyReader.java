package io.byoa.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;

/** Reads the {@link JsonBody} parameter of a resource method. */
@Provider
@Consumes(MediaType.WILDCARD) // No body at all needs no type.
public final class JsonBodyReader implements MessageBodyReader<JsonBody> {

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> httpHeaders,
      InputStream entityStream)
      throws IOException {
    byte[] body = entityStream.readAllBytes();
    if (body.length > 0 && !mediaType.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
      throw ConsumedTypes.refusal(List.of(MediaType.APPLICATION_JSON)).raise();
    }
    return JsonBody.parse(body);
  }
}

package dev.stagedoor.platform.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * How the JSON of requests is read, where Jackson does not do so of itself.
 *
 * <p>What is absent is told from what is null: an {@code Optional} is null where its field is absent, and empty where that
 * is null. The values of an enum have names, and no numbers, which would change their meaning with the order in the code.
 * A number with a fraction is no integer.
 */
@Singleton
class RequestJson implements ObjectMapperCustomizer {

    /** Customizers run before that of Quarkus, whose module of the same type is then ignored. */
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new Jdk8Module().configureReadAbsentAsNull(true));
        mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }
}

package dev.stagedoor.livestream;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StagedoorTest
class LiveStreamInputTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            title                        | {}
            title                        | {"title":null}
            title                        | {"title":"  "}
            title                        | {"title":"two\\nlines"}
            title                        | {"title":"half \\ud83d"}
            title                        | {"title":["a"]}
            description                  | {"title":"a","description":"nul\\u0000"}
            category                     | {"title":"a","category":""}
            category                     | {"title":"a","category":" "}
            language                     | {"title":"a","language":""}
            language                     | {"title":"a","language":"english language"}
            language                     | {"title":"a","language":"en_GB"}
            language                     | {"title":"a","language":"e"}
            tags[0]                      | {"title":"a","tags":[""]}
            tags[1]                      | {"title":"a","tags":["b",null]}
            tags                         | {"title":"a","tags":["1","2","3","4","5","6","7","8","9","10","11"]}
            thumbnailUrl                 | {"title":"a","thumbnailUrl":"javascript:alert(1)"}
            thumbnailUrl                 | {"title":"a","thumbnailUrl":"//cdn.example.com/a.jpg"}
            thumbnailUrl                 | {"title":"a","thumbnailUrl":"https://ada:secret@example.com/a.jpg"}
            thumbnailUrl                 | {"title":"a","thumbnailUrl":"https://"}
            thumbnailUrl                 | {"title":"a","thumbnailUrl":"https://example.com/a b"}
            chatSettings.slowModeSeconds | {"title":"a","chatSettings":{"slowModeSeconds":-1}}
            chatSettings.slowModeSeconds | {"title":"a","chatSettings":{"slowModeSeconds":3601}}
            chatSettings.enabled         | {"title":"a","chatSettings":{"enabled":{}}}
            live                         | {"title":"a","live":true}
            owner                        | {"title":"a","owner":"me"}
            """)
    void whatIsNoStreamIsRefusedByTheNameOfItsField(String field, String body) {
        Api.signUp()
                .request()
                .body(body)
                .post(Streams.STREAMS)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:stagedoor:problem:invalid-request"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void textsThatAreTooLongAreRefused() {
        Person ada = Api.signUp();
        Map<String, Integer> longest = Map.of("title", 140, "description", 5000, "category", 64);

        longest.forEach((field, length) -> ada.request()
                .body(body(field, length))
                .post(Streams.STREAMS)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field)));
    }

    private static String body(String field, int length) {
        String title = field.equals("title") ? "" : "\"title\":\"a\",";
        return "{" + title + "\"" + field + "\":\"" + "x".repeat(length + 1) + "\"}";
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            title        | {"title":" "}
            category     | {"category":""}
            category     | {"category":"nul\\u0000"}
            category     | {"category":" "}
            language     | {"language":"-"}
            language     | {"language":""}
            tags[0]      | {"tags":[" "]}
            title        | {"title":"half \\ud83d"}
            thumbnailUrl | {"thumbnailUrl":"ftp://example.com/a.jpg"}
            version      | {"version":7}
            endedAt      | {"endedAt":null}
            """)
    void aChangeToWhatIsNoStreamIsRefused(String field, String body) {
        Person ada = Api.signUp();
        String id = Streams.create(ada);

        ada.request()
                .header("If-Match", "*")
                .body(body)
                .patch(Streams.stream(id))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field));
    }
}

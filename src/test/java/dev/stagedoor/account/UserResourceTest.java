package dev.stagedoor.account;

import static org.hamcrest.Matchers.equalTo;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

@StagedoorTest
class UserResourceTest {

    @Test
    void aUserSeesTheirOwnProfile() {
        Api.Person ada = Api.signUp();

        ada.request()
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(ada.id()))
                .body("username", equalTo(ada.username()));
    }
}

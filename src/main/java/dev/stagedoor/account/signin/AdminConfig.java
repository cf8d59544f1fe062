package dev.stagedoor.account.signin;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first admin, made at start where no user has the name. */
@ConfigMapping(prefix = "stagedoor.admin")
interface AdminConfig {

    /** The admin's username. */
    Optional<String> username();

    /** The admin's password; changing it here later changes nothing. */
    Optional<String> password();
}

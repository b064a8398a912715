package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.Secret;

/**
 * What signs a request to AWS.
 *
 * @param sessionToken of temporary credentials; "" for lasting ones
 */
record AwsCredentials(String accessKey, Secret secretKey, String sessionToken) {}

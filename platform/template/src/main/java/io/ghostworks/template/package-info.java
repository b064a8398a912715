/** Go templates as alerting and LogQL use them. */
package io.ghostworks.template;

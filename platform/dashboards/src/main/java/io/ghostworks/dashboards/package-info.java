/** Dashboard model, import and provisioning. */
package io.ghostworks.dashboards;

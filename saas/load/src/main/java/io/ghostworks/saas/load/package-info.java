/**
 * The users of the reference SaaS: about twenty tenants whose people work through the day,
 * sometimes all at once, and make mistakes. Knows the API by HTTP only.
 */
package io.ghostworks.saas.load;

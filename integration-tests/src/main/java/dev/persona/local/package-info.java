/**
 * A real Elasticsearch on this machine: its home put together from Maven artifacts, the plugin
 * installed from its zip, one or more nodes run as processes of their own.
 */
package dev.persona.local;

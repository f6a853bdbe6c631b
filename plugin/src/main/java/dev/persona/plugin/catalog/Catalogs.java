package dev.persona.plugin.catalog;

import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.cluster.block.ClusterBlocks;
import org.elasticsearch.cluster.metadata.IndexAbstraction;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.routing.IndexRouting;
import org.elasticsearch.cluster.routing.IndexShardRoutingTable;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.gateway.GatewayService;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.index.shard.ShardId;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The catalogs that this node knows of, from its copy of the cluster state. */
public final class Catalogs {
    private static final int MOST_MAPPINGS = 1000;

    private final ClusterService clusterService;
    private final ProjectResolver projects;

    /** What was read from a piece of metadata, kept as long as that piece is the current one. */
    private record Read(Map<String, String> stored, Catalog catalog) {}

    private final Map<String, Read> read = new ConcurrentHashMap<>();

    /** Whether mappings have the fields of items, by their hashes. */
    private final Map<String, Boolean> itemFields = new ConcurrentHashMap<>();

    /** Made once a node. */
    public Catalogs(ClusterService clusterService, ProjectResolver projects) {
        this.clusterService = clusterService;
        this.projects = projects;
    }

    /** Finds a catalog by the name it was registered with. */
    public Optional<Catalog> find(String name) {
        IndexMetadata profiles = metadata().index(CompanionIndices.profiles(name));
        Map<String, String> stored =
                profiles == null ? null : profiles.getCustomData(Catalog.METADATA);
        if (stored == null) {
            read.remove(name);
            return Optional.empty();
        }
        Read known = read.get(name);
        if (known == null || known.stored != stored) {
            Optional<Catalog> catalog = Catalog.find(metadata(), name);
            catalog.ifPresent(found -> read.put(name, new Read(stored, found)));
            return catalog;
        }
        return Optional.of(known.catalog);
    }

    /**
     * Finds a catalog by the name it was registered with.
     *
     * @throws ResourceNotFoundException when there is none
     * @throws ClusterBlockException when this node has just started and does not know yet
     */
    public Catalog get(String name) {
        return find(name).orElseThrow(() -> notFound(name));
    }

    /** A node that has not got the cluster's state knows no catalog, which says nothing. */
    private RuntimeException notFound(String name) {
        ClusterBlocks blocks = clusterService.state().blocks();
        return blocks.hasGlobalBlock(GatewayService.STATE_NOT_RECOVERED_BLOCK)
                ? new ClusterBlockException(Set.of(GatewayService.STATE_NOT_RECOVERED_BLOCK))
                : new ResourceNotFoundException(
                        "[{}] is not registered with Persona, register it with PUT /{}/_persona",
                        name,
                        name);
    }

    /** All catalogs. */
    public Collection<Catalog> all() {
        return metadata().indices().keySet().stream()
                .flatMap(index -> CompanionIndices.catalogOfProfiles(index).stream())
                .flatMap(name -> find(name).stream())
                .toList();
    }

    /** The catalog that an index belongs to: registered by its own name or by an alias of it. */
    public Optional<Catalog> ofIndex(String index) {
        Optional<Catalog> byName = find(index);
        if (byName.isPresent()) {
            return byName;
        }
        IndexMetadata metadata = metadata().index(index);
        return metadata == null
                ? Optional.empty()
                : metadata.getAliases().keySet().stream()
                        .sorted()
                        .flatMap(alias -> find(alias).stream())
                        .findFirst();
    }

    /** The concrete indices that hold a catalog's products; none when they are gone. */
    public List<String> productIndices(String catalog) {
        return products(catalog).stream().map(Index::getName).toList();
    }

    /** The indices that a catalog's products are in; one that was made anew is another one. */
    public List<Index> products(String catalog) {
        IndexAbstraction abstraction = metadata().getIndicesLookup().get(catalog);
        return abstraction == null ? List.of() : List.copyOf(abstraction.getIndices());
    }

    /**
     * Settings that the kept data of an unregistered catalog was made with; empty when there is
     * none.
     */
    Optional<CatalogSettings> kept(String name) {
        return Catalog.kept(metadata(), name);
    }

    /** Uuid of a catalog's state index; empty when it is gone. */
    public String stateUuid(String catalog) {
        IndexMetadata state = metadata().index(CompanionIndices.state(catalog));
        return state == null ? "" : state.getIndexUUID();
    }

    /**
     * What the sequence numbers of an index count in: one made anew counts anew, and so does one
     * that a snapshot was restored over, which keeps its uuid.
     */
    public static String history(IndexMetadata index) {
        return index.getSettings().get(IndexMetadata.SETTING_HISTORY_UUID, index.getIndexUUID());
    }

    /**
     * What the sequence numbers of a catalog's events count in.
     *
     * @throws IndexNotFoundException when the events are gone
     */
    public String eventsUuid(String catalog) {
        return history(eventsIndex(catalog));
    }

    /** What is different when the profiles index is another; empty when it is gone. */
    public String profilesUuid(String catalog) {
        IndexMetadata profiles = metadata().index(CompanionIndices.profiles(catalog));
        return profiles == null ? "" : history(profiles);
    }

    /**
     * A shard of a catalog's events.
     *
     * @throws IndexNotFoundException when the events are gone
     */
    public ShardId eventsShard(String catalog, int shard) {
        return new ShardId(eventsIndex(catalog).getIndex(), shard);
    }

    /**
     * The number of the shard that the events of a user id are on.
     *
     * @throws IndexNotFoundException when the events are gone
     */
    public int eventsShardOf(String catalog, String user) {
        return IndexRouting.fromIndexMetadata(eventsIndex(catalog)).getShard("", user);
    }

    /**
     * How many shards a catalog's events have.
     *
     * @throws IndexNotFoundException when the events are gone
     */
    public int eventShards(String catalog) {
        return eventsIndex(catalog).getNumberOfShards();
    }

    private IndexMetadata eventsIndex(String catalog) {
        String name = CompanionIndices.events(catalog);
        IndexMetadata events = metadata().index(name);
        if (events == null) {
            throw new IndexNotFoundException(name);
        }
        return events;
    }

    /** The node that has the primary of a shard now, if one has. */
    public Optional<DiscoveryNode> primaryNode(ShardId shard) {
        ClusterState state = clusterService.state();
        IndexShardRoutingTable routing =
                state.routingTable(projects.getProjectId()).shardRoutingTable(shard);
        ShardRouting primary = routing.primaryShard();
        return primary == null || !primary.active()
                ? Optional.empty()
                : Optional.ofNullable(state.nodes().get(primary.currentNodeId()));
    }

    /** The nodes that have an active copy of a shard now, that of the primary first. */
    public List<DiscoveryNode> activeNodes(ShardId shard) {
        ClusterState state = clusterService.state();
        return state
                .routingTable(projects.getProjectId())
                .shardRoutingTable(shard)
                .activeShards()
                .stream()
                .sorted(Comparator.comparing(copy -> !copy.primary()))
                .flatMap(
                        copy ->
                                Optional.ofNullable(state.nodes().get(copy.currentNodeId()))
                                        .stream())
                .toList();
    }

    /** Whether an index of products has the fields that generations are written into. */
    public boolean hasItemFields(String index) {
        IndexMetadata products = metadata().index(index);
        if (products == null || products.mapping() == null) {
            return false;
        }
        // Asked at every change of the cluster state, and a mapping may be long.
        if (itemFields.size() > MOST_MAPPINGS) {
            itemFields.clear();
        }
        return itemFields.computeIfAbsent(
                products.mapping().getSha256(),
                sha -> ItemMapping.isIn(products.mapping().sourceAsMap()));
    }

    /** Whether an index is there. */
    public boolean hasIndex(String index) {
        return metadata().hasIndex(index);
    }

    private ProjectMetadata metadata() {
        return projects.getProjectMetadata(clusterService.state());
    }
}

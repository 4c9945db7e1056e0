-- The first schema. Applied once, in one transaction, with the schema as the search path.

create table meta (
    key   text primary key,
    value text not null
);
insert into meta (key, value) values ('housekeeping', 'locked by whoever lets go of what is too old or too much');

-- Locked by appends, in the order of the slots: what lies in a slot becomes visible in the order of its positions.
create table slot_order (
    slot          smallint primary key,
    last_position bigint not null
) with (fillfactor = 20);
insert into slot_order select slot, -1 from generate_series(0, 255) slot;

-- The nodes that are up: each keeps its row alive, and takes away the rows of those that no longer do.
create table cluster_node (
    id          text primary key,
    name        text not null unique,
    alive_until timestamptz not null
) with (fillfactor = 20);

-- Who may end deliveries of a slot: every such write names the token. A new owner raises it, under an update lock.
create table slot_lease (
    slot  smallint primary key,
    token bigint not null,
    owner text references cluster_node (id) on delete set null
) with (fillfactor = 50);
create index slot_lease_of_owner on slot_lease (owner);
insert into slot_lease (slot, token) select slot, 1 from generate_series(0, 255) slot;

-- One value is a block of positions: all that one transaction needs.
create sequence position_block;

create table delivery (
    endpoint      text collate "C" not null,
    slot          smallint not null,
    position      bigint not null,
    resource_type text collate "C" not null,
    resource_id   bigint not null,
    event_id      text not null,
    event         json not null,
    content_type  text not null,
    headers       json,
    body          bytea not null,
    attempts      integer not null default 0,
    not_before    timestamptz not null,
    tried_at      timestamptz[] not null default '{}',
    last_attempt  json,
    coalesced      bigint not null default 0,
    coalesced_from bigint not null default 0,
    primary key (endpoint, slot, position)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index delivery_of_resource on delivery (resource_type, resource_id, position);

create table resource_state (
    resource_type text collate "C" not null,
    resource_id   bigint not null,
    uuid          text not null,
    status        text not null,
    tenant_id     text,
    metadata      json not null,
    sequence      bigint not null,
    primary key (resource_type, resource_id)
) with (fillfactor = 70);

create table dead_letter (
    endpoint      text collate "C" not null,
    slot          smallint not null,
    position      bigint not null,
    resource_type text collate "C" not null,
    resource_id   bigint not null,
    event_id      text not null,
    status        text not null,
    died_at       timestamptz not null,
    reason        text not null,
    event         json not null,
    content_type  text not null,
    headers       json,
    body          bytea not null,
    attempts      integer not null,
    tried_at      timestamptz[] not null,
    last_attempt  json not null,
    coalesced      bigint not null,
    coalesced_from bigint not null,
    bytes         bigint not null,
    primary key (position, endpoint)
);
create index dead_letter_by_death on dead_letter (died_at, position, endpoint);

create table attempt_log (
    id            bigint generated always as identity primary key,
    event_id      text not null,
    endpoint      text collate "C" not null,
    resource_type text collate "C" not null,
    resource_id   bigint not null,
    sequence      bigint not null,
    started_at    timestamptz not null,
    became        text not null,
    attempt       json not null,
    bytes         bigint not null
);

create table command_key (
    key      text collate "C" primary key,
    at       timestamptz not null,
    event_id text
);
create index command_key_by_age on command_key (at);

create table inbox_command (
    node    text not null,
    arrival bigint not null,
    command json not null,
    primary key (node, arrival)
);
create table inbox_part (
    node     text not null,
    arrival  bigint not null,
    part     integer not null,
    event_id text not null,
    primary key (node, arrival, part)
);

-- The number of the last commit of each writer, kept in that commit: whether one happened whose answer got lost.
create table commit_mark (
    writer text primary key,
    number bigint not null,
    at     timestamptz not null default now()
) with (fillfactor = 20);

-- The counts, kept in the commits of what they count; a writer adds to one row, so that writers do not wait for each other.
create table tally (
    part         smallint primary key,
    pending      bigint not null default 0,
    kept_parts   bigint not null default 0,
    letters      bigint not null default 0,
    letter_bytes bigint not null default 0,
    log_bytes    bigint not null default 0
) with (fillfactor = 20);
insert into tally (part) select part from generate_series(0, 15) part;

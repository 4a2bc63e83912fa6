// From HubSpot's address of the calling window to the simulator's page in that role. What the address says is kept.
location.replace("../../simulator/?role=window" + location.search.replace(/^\?/, "&") + location.hash);

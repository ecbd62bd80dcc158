"""Pages by audience: public (citizens), desk (staff), workspace (platforms). They translate and decide nothing."""

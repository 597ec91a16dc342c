"""Drawing what looks like scans: paper, diplomas, drawings, photographs."""

"""Drawing what looks like scans: paper, diplomas, drawings, photographs, taken by scanner or phone."""

// CVSS ratings: who says which score, by which vector.
import Box from "@cloudscape-design/components/box";
import Copy from "./Copy";
import Facts from "./Facts";

export interface Rating {
  /** "NVD (CVSS 3.1)" */
  name: string;
  score: number | undefined;
  vector: string | undefined;
}

export default function RatingList({ ratings }: { ratings: Rating[] }) {
  return (
    <Facts
      facts={ratings.map(({ name, score, vector }) => ({
        label: name,
        value: (
          <>
            <Box variant="strong">{score?.toFixed(1) ?? "No score"}</Box>
            {vector && (
              <Box fontSize="body-s">
                <Copy text={vector} what="vector" />
              </Box>
            )}
          </>
        ),
      }))}
    />
  );
}

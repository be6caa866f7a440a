export { default } from "./CriteriaFilter";

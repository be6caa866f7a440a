export { default, type SuppressDialogProps } from "./SuppressDialog";
